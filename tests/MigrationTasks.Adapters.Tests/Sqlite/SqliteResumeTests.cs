using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>What SQLite does in its own way when a run outside a transaction goes on.</summary>
[TestClass]
public sealed class SqliteResumeTests : SqliteProject
{
    private const string Untransacted = "-- Transaction: none\n";

    [TestMethod]
    public async Task What_a_file_sets_for_its_connection_is_set_again()
    {
        const string Settings = Untransacted + "PRAGMA foreign_keys = OFF;\nATTACH ':memory:' AS other;\nCREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES a);\n";
        (await Project.Write("001_a.sql", Settings + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", Settings + "CREATE TABLE other.o (id);\nINSERT INTO a VALUES (1, 7);\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT * FROM a", "1|7");
    }

    [TestMethod]
    public async Task A_savepoint_that_opens_a_transaction_is_one()
    {
        const string Savepoint = Untransacted + "CREATE TABLE a (id INTEGER);\nSAVEPOINT s;\nINSERT INTO a VALUES (1);\nSAVEPOINT t;\nINSERT INTO a VALUES (2);\nROLLBACK TO t;\nRELEASE t;\n";
        (await Project.Write("001_a.sql", Savepoint + "SELECT nope;\nRELEASE s;\n").MigrateAsync()).FailedWith("MIG4005").Says("its first statement was applied");
        await RowsAreAsync("SELECT id FROM a");

        (await Project.Write("001_a.sql", Savepoint + "RELEASE SAVEPOINT s;\nSELECT nope;\n").MigrateAsync()).FailedWith("MIG4005").Says("its first 8 statements were applied");

        await RowsAreAsync("SELECT id FROM a", "1");
        (await Project.Write("001_a.sql", Savepoint + "RELEASE SAVEPOINT s;\nINSERT INTO a VALUES (3);\n").MigrateAsync()).Applied("001_a.sql");
        await RowsAreAsync("SELECT id FROM a", "1", "3");
    }

    [TestMethod]
    public async Task A_foreign_key_that_is_checked_at_the_commit_fails_its_own_statement()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nPRAGMA foreign_keys = ON;\n INSERT INTO a VALUES (1, 2);\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 2).Says("FOREIGN KEY").Says("2 statements were applied");
    }

    [TestMethod]
    public async Task A_vacuum_that_was_interrupted_runs_again()
    {
        (await Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nSELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'running'");

        (await Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nVACUUM;\n").MigrateAsync()).Applied("001_a.sql");
    }
}
