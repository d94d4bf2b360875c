using MigrationTasks.ContractTests;
using MigrationTasks.Sqlite;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteHistoryTests : SqliteProject
{
    [TestMethod]
    public async Task Names_that_are_in_a_bare_history_twice_are_named()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY, migration_name TEXT); INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql'), ('001_a.sql');");

        (await Project.Write("001_a.sql", "SELECT 1;").Write("002_b.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG3007").Says("001_a.sql");

        await RowsAreAsync("SELECT count(*) FROM pragma_table_info('schema_migrations')", "2");
    }

    [TestMethod]
    public async Task A_bare_history_without_a_key_gets_one()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY, migration_name TEXT);");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT \"unique\" FROM pragma_index_list('schema_migrations')", "1");
    }

    [TestMethod]
    public async Task A_bare_history_with_a_key_gets_no_second_one()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (migration_name TEXT UNIQUE);");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT count(*) FROM pragma_index_list('schema_migrations')", "1");
    }

    [TestMethod]
    public async Task A_history_that_takes_no_rows_is_no_other_runner()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (migration_name TEXT PRIMARY KEY, author TEXT NOT NULL);");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG3007").Says("author");
    }

    [TestMethod]
    public async Task A_view_in_place_of_the_history_is_refused()
    {
        await Database.ExecuteAsync("CREATE VIEW schema_migrations AS SELECT '001_a.sql' AS migration_name;");

        (await Project.Write("001_a.sql", "SELECT 1;").Write("002_b.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG3007").Says("view");
    }

    [TestMethod]
    public async Task A_dump_of_a_migrated_database_is_found_before_it_runs()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").MigrateAsync()).Succeeded();
        var dump = Require.Server(() => SqliteShell.Dump(Database.File));
        await using var target = new SqliteContractDatabase();
        using var project = new MigrationProject(new SqliteDefinition(), target.Connection);

        (await project.Write("001_dump.sql", dump).MigrateAsync()).HasApplied().FailedWith("MIG2037").Says("schema_migrations").Says("Take");

        Assert.IsFalse(await target.ExistsAsync("a"));
    }
}
