using MigrationTasks.ContractTests;
using MigrationTasks.MySql;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Scripts that would hit the history, and whether what is said about them helps.</summary>
[TestClass]
public sealed class OwnTableTests : MySqlTest
{
    [TestMethod]
    public async Task A_dump_of_a_migrated_database_runs_as_the_message_says()
    {
        await using var source = await Server.CreateDatabaseAsync();
        using (var original = new MigrationProject(new MySqlDefinition(), source.Url))
        {
            (await original.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        }

        (await Project.Write("001_dump.sql", source.Dump()).MigrateAsync()).HasApplied().FailedWith("MIG2036").Says($"mysqldump --ignore-table={Database.Name}.schema_migrations").Says("So would line");

        (await Project.Write("001_dump.sql", source.Dump($"--ignore-table={source.Name}.schema_migrations")).MigrateAsync()).Applied("001_dump.sql");
    }

    [TestMethod]
    public async Task A_history_gets_another_name_as_the_message_says()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        Project.Write("002_old.sql", "DROP TABLE IF EXISTS schema_migrations;");
        var message = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").Says("HistoryTable=\"migration_history\"").Message;

        await Database.ExecuteAsync(message[(message.LastIndexOf('(') + 1)..message.LastIndexOf(')')]);
        Project.HistoryTable = "migration_history";

        (await Project.MigrateAsync()).Applied("002_old.sql");
        await RowsAreAsync("SELECT migration_name FROM migration_history ORDER BY 1", "001_a.sql", "002_old.sql");
    }

    [TestMethod]
    public async Task The_database_of_the_history_is_not_dropped()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();

        (await Project.Write("002_new.sql", $"DROP DATABASE {Database.Name};\nCREATE DATABASE {Database.Name};").MigrateAsync())
            .HasApplied().FailedWith("MIG2036").Says($"database {Database.Name}").Says($"RENAME TABLE {Database.Name}.schema_migrations TO ops.schema_migrations;");
    }
}
