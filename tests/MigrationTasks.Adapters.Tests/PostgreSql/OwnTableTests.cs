using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Scripts that would hit the history, and whether what is said about them helps.</summary>
[TestClass]
public sealed class OwnTableTests : PostgreSqlTest
{
    private const string NewSchema = "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\nCREATE TABLE b (i int);\n";

    [TestMethod]
    public async Task A_dump_of_a_migrated_database_runs_as_the_message_says()
    {
        using (var source = new MigrationProject(new PostgreSqlDefinition(), Database.Url))
        {
            (await source.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        }

        await using var target = await Server.CreateDatabaseAsync();
        var project = ProjectAt(target.Url);

        (await project.Write("001_dump.sql", Database.Dump()).MigrateAsync()).HasApplied().FailedWith("MIG2037").Says("pg_dump --exclude-table=public.schema_migrations").Says("So would lines");

        (await project.Write("001_dump.sql", Database.Dump("--exclude-table=public.schema_migrations")).MigrateAsync()).Applied("001_dump.sql");
    }

    [TestMethod]
    public async Task A_new_schema_leaves_a_history_alone_that_is_elsewhere()
    {
        Project.Write("001_new.sql", NewSchema);

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").At(Project.PathOf("001_new.sql"), 1, 1).Says("DROP SCHEMA would drop schema public, and public.schema_migrations with it").Says("HistoryTable=\"ops.schema_migrations\"");

        Project.HistoryTable = "ops.schema_migrations";
        (await Project.MigrateAsync()).Applied("001_new.sql");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_history_is_moved_out_of_the_way_as_the_message_says()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        Project.Write("002_new.sql", NewSchema);
        var message = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").Message;

        await Database.ExecuteAsync(StatementsIn(message));
        Project.HistoryTable = "ops.schema_migrations";

        (await Project.MigrateAsync()).Applied("002_new.sql");
    }

    [TestMethod]
    public async Task A_history_gets_another_name_as_the_message_says()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        Project.Write("002_old.sql", "CREATE TABLE IF NOT EXISTS schema_migrations (version text);\nDROP TABLE IF EXISTS schema_migrations;");
        var message = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").At(Project.PathOf("002_old.sql"), 2, 1).Says("HistoryTable=\"public.migration_history\"").Message;

        await Database.ExecuteAsync(StatementsIn(message));
        Project.HistoryTable = "public.migration_history";

        (await Project.MigrateAsync()).Applied("002_old.sql");
    }

    [TestMethod]
    [DataRow("", DisplayName = "in a transaction")]
    [DataRow("-- Transaction: none\n", DisplayName = "outside of one")]
    public async Task A_history_that_a_function_drops_is_told_with_the_file(string header)
    {
        (await Project.Write("001_f.sql", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DROP SCHEMA public CASCADE';").MigrateAsync()).Succeeded();

        var error = (await Project.Write("002_f.sql", header + "SELECT f();").MigrateAsync()).HasApplied().FailedWith("MIG2036").Says("by something that it calls");

        Assert.AreEqual(Project.PathOf("002_f.sql"), error.Location.File);
        Assert.Contains("001_f.sql", await Database.RowsAsync("SELECT migration_name FROM schema_migrations"));
    }

    [TestMethod]
    public async Task What_the_user_owns_is_not_dropped()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (i int);").Write("002_own.sql", "DROP OWNED BY CURRENT_USER;");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").Says("owns").Says("one by one");
    }

    // The last of the parentheses hold them.
    private static string StatementsIn(string message) => message[(message.LastIndexOf('(') + 1)..message.LastIndexOf(')')];
}
