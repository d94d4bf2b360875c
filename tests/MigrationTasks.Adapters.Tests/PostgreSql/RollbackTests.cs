using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Rollbacks in PostgreSQL's own ways.</summary>
[TestClass]
public sealed class RollbackTests : PostgreSqlTest
{
    private const string Table = "CREATE TABLE a (id integer);";

    [TestMethod]
    public async Task An_index_that_was_made_concurrently_is_dropped_concurrently()
    {
        Project.Write("001_a.sql", Table).Write("002_index.sql", "-- Transaction: none\n-- Rollback: DROP INDEX CONCURRENTLY a_id;\n\nCREATE INDEX CONCURRENTLY a_id ON a (id);");
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).RolledBack("002_index.sql");

        Assert.IsEmpty(await Database.RowsAsync("SELECT 1 FROM pg_indexes WHERE indexname = 'a_id'"));
    }

    [TestMethod]
    public async Task The_row_is_looked_at_after_the_wait_whatever_the_users_isolation_is()
    {
        using var project = ProjectAt(Database.UrlWith("options=-c%20default_transaction_isolation%3Dserializable"));
        project.Write("001_a.sql", Table).Write("001_a.down.sql", "DROP TABLE a;");
        (await project.MigrateAsync()).Succeeded();

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => project.RollBackToAsync("0"))));

        Assert.AreEqual(1, reports.Sum(report => report.Succeeded().RolledBack.Count));
    }

    [TestMethod]
    public async Task A_row_that_a_trigger_keeps_ends_the_run_with_what_is_wrong()
    {
        Project.Write("001_a.sql", Table).Write("001_a.down.sql", "DROP TABLE a;");
        (await Project.MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("""
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER keep BEFORE DELETE ON schema_migrations FOR EACH ROW EXECUTE FUNCTION keep();
            """);

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG3007").Says("001_a.sql");

        Assert.AreSequenceEqual(["0"], await Database.RowsAsync("SELECT count(*) FROM a"));
    }

    [TestMethod]
    public async Task A_deferred_constraint_fails_at_its_rollback()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id integer PRIMARY KEY);\nCREATE TABLE b (a integer REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1); INSERT INTO b VALUES (1);")
            .Write("002_b.sql", "-- Rollback:\n--  DELETE FROM a;\n\nSELECT 1;");
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 2, 5).Says("foreign key");
    }

    [TestMethod]
    public async Task A_plpgsql_error_in_a_header_is_at_its_line()
    {
        Project.Write("001_a.sql", "-- Rollback: DO $$\n--   BEGIN\n--     PERFORM nope;\n--   END $$;\n\nSELECT 1;");
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 16);
    }

    [TestMethod]
    public async Task A_lost_connection_is_settled_by_what_the_history_says()
    {
        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n\n" + Table).Write("002_b.sql", "SELECT 1;").Write("002_b.down.sql", "SELECT 1;\nSELECT pg_terminate_backend(pg_backend_pid());")
            .Write("003_c.sql", "-- Rollback: SELECT 1;\n\nSELECT 1;");
        (await Project.MigrateAsync()).Succeeded();

        var report = await Project.RollBackAsync(3);

        report.HasRolledBack("003_c.sql").FailedWith("MIG4006").Says("1 of the 3 migrations are undone for certain").Says("MigrateStatus");
        Assert.AreSequenceEqual(["001_a.sql", "002_b.sql"], await Database.RowsAsync("SELECT migration_name FROM schema_migrations ORDER BY 1"));
    }
}
