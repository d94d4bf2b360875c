using MigrationTasks.ContractTests;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>A run that was killed between a statement at which the server commits and the entry that counts it.</summary>
[TestClass]
public sealed class InterruptedRunTests : MySqlTest
{
    private const string Before = "CREATE TABLE a (id int, old int, INDEX i (old));\n";

    [TestMethod]
    [DataRow("CREATE TABLE b (id int)", "the table b is there")]
    [DataRow("CREATE VIEW v AS SELECT 1 AS x", "the view v is there")]
    [DataRow("CREATE UNIQUE INDEX u ON a (id)", "the index u of a is there")]
    [DataRow("ALTER TABLE a ADD COLUMN note text, DROP COLUMN old", "the column note of a is there")]
    [DataRow("ALTER TABLE `a` DROP `old`", "the column old of a is gone")]
    [DataRow("ALTER TABLE a DROP INDEX i", "the index i of a is gone")]
    [DataRow("CREATE PROCEDURE p() SELECT 1", "the procedure p is there")]
    [DataRow("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET new.old = 1", "the trigger t is there")]
    public async Task What_a_statement_brings_about_tells_whether_it_was_completed(string statement, string says)
    {
        foreach (var wasCompleted in new[] { true, false })
        {
            await using var database = await Server.CreateDatabaseAsync();
            using var project = new MigrationProject(new MigrationTasks.MySql.MySqlDefinition(), database.Url);
            project.Write("001_a.sql", Before + statement + ";\nINSERT INTO a (id) VALUES (7);\n");
            (await project.MigrateAsync()).Succeeded();
            await database.ExecuteAsync("DELETE FROM a; UPDATE schema_migrations SET status = 'running', statements_done = 1, token_checksum = " + await ChecksumOfFirstAsync(database.Name));
            if (!wasCompleted)
            {
                await database.ExecuteAsync($"DROP TABLE a; DROP TABLE IF EXISTS b; DROP VIEW IF EXISTS v; DROP PROCEDURE IF EXISTS p; {Before}");
            }

            var observer = new RecordingObserver();
            (await project.MigrateAsync(observer)).Applied("001_a.sql").WithoutWarnings();

            Assert.AreEqual(wasCompleted, string.Join('\n', observer.Events).Contains($"was interrupted, but {says}.", StringComparison.Ordinal), string.Join('\n', observer.Events));
            Assert.AreEqual("7", string.Join(',', await database.RowsAsync("SELECT id FROM a")));
            Assert.AreEqual("applied|3", string.Join(',', await database.RowsAsync("SELECT status, statements_done FROM schema_migrations")));
        }
    }

    [TestMethod]
    public async Task Of_what_leaves_no_trace_the_run_asks()
    {
        await Database.ExecuteAsync("CREATE PROCEDURE p() SELECT 1");
        Project.Write("001_a.sql", Before + "CALL p();\n");
        (await Project.MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'running', statements_done = 1, token_checksum = " + await ChecksumOfFirstAsync(Database.Name));

        var error = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3011").At(Project.PathOf("001_a.sql"), 2, 1).Says("CALL").Says("statements_done = 2");

        // The first of the two answers: it may run again.
        await Database.ExecuteAsync(error.Message[(error.Message.IndexOf("twice: ", StringComparison.Ordinal) + 7)..error.Message.IndexOf("; if it was", StringComparison.Ordinal)]);
        (await Project.MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_run_waits_until_the_session_of_one_that_died_has_ended()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int);\n");
        Project.LockTimeout = TimeSpan.FromSeconds(1);
        (await Project.MigrateAsync()).Succeeded();
        await using var holder = await Database.OpenAsync();
        await using (var hold = new MySqlCommand($"SELECT GET_LOCK('{new MigrationTasks.MySql.MySqlHistory(new(Database.Name, "schema_migrations")).RunLockName}', 0)", holder))
        {
            Assert.AreEqual(1L, Convert.ToInt64(await hold.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture));
        }

        (await Project.Write("002_b.sql", "CREATE TABLE b (id int);\n").MigrateAsync()).HasApplied().FailedWith("MIG3008").Says($"connection {holder.ServerThread} of root");

        await holder.CloseAsync();
        (await Project.MigrateAsync()).Applied("002_b.sql");
    }

    // That of the first statement alone, as a run journals it.
    private async Task<string> ChecksumOfFirstAsync(string notIn)
    {
        await using var database = await Server.CreateDatabaseAsync();
        using var project = new MigrationProject(new MigrationTasks.MySql.MySqlDefinition(), database.Url);
        Assert.AreNotEqual(notIn, database.Name);
        (await project.Write("001_a.sql", Before + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        return $"'{await database.QueryScalarAsync<string>("SELECT token_checksum FROM schema_migrations")}'";
    }
}
