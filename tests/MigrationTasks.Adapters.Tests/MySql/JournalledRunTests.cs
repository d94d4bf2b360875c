using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Migrations with statements at which the server commits: each statement is journalled.</summary>
[TestClass]
public sealed class JournalledRunTests : MySqlTest
{
    private const string Journal = "SELECT migration_name, status, statements_done FROM schema_migrations ORDER BY migration_name";

    [TestMethod]
    public async Task Statements_that_commit_are_counted_in_the_history()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);\nALTER TABLE a ADD note text;\n").Write("002_rows.sql", "INSERT INTO a (id) VALUES (2);\nINSERT INTO a (id) VALUES (3);\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_rows.sql").WithoutWarnings();

        await RowsAreAsync(Journal, "001_a.sql|applied|3", "002_rows.sql|applied|NULL");
        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2", "3");
    }

    [TestMethod]
    public async Task A_failure_says_which_statements_stand_and_the_next_run_goes_on_behind_them()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);\nALTER TABLE a DROP nope;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 20).Says("first 2 statements were applied").Says("continues after them");

        await RowsAreAsync(Journal, "001_a.sql|failed|2");
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);\nALTER TABLE a ADD note text;\n").MigrateAsync()).Applied("001_a.sql");
        await RowsAreAsync("SELECT id, note FROM a", "1|NULL");
    }

    [TestMethod]
    public async Task What_stands_must_be_what_the_file_says()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\nSELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", "CREATE TABLE a (id bigint);\nSELECT 1;\n").MigrateAsync()).FailedWith("MIG3005").Says("after 1 statement").Says("changed since");
    }

    [TestMethod]
    public async Task What_a_script_has_set_holds_when_a_later_run_goes_on_behind_it()
    {
        const string Begin = "SET time_zone = '+05:00';\nCREATE TABLE a (at timestamp);\n";
        (await Project.Write("001_a.sql", Begin + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005").Says("first 2 statements were applied");

        (await Project.Write("001_a.sql", Begin + "INSERT INTO a VALUES ('2026-01-01 12:00:00');\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT unix_timestamp(at) - unix_timestamp(CONVERT_TZ('2026-01-01 07:00:00', '+00:00', @@session.time_zone)) FROM a", "0");
    }

    [TestMethod]
    public async Task Rows_alone_are_rolled_back_together()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\n").MigrateAsync()).Succeeded();

        (await Project.Write("002_rows.sql", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (1);\n").MigrateAsync())
            .FailedWith("MIG4005").At(Project.PathOf("002_rows.sql"), 2, 1).Says("Duplicate entry").Says("error 1062").Says("rolled back");

        await RowsAreAsync("SELECT count(*) FROM a", "0");
        await RowsAreAsync(Journal, "001_a.sql|applied|1");
    }
}
