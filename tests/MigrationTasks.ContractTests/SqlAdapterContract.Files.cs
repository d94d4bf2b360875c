using System.Globalization;
using System.Text;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_file_of_which_only_comments_and_layout_were_edited_is_the_same_migration()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (note VARCHAR(20) DEFAULT '-- none');\n").MigrateAsync()).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");
        Project.Write("001_a.sql", "-- Migration: notes\n-- Transaction: none\nCREATE TABLE a\n(\n  note VARCHAR(20) DEFAULT '-- none' -- or one\n);\n");

        (await Project.MigrateAsync()).Applied().WithoutWarnings();

        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
        Assert.AreEqual("Applied True", string.Join(", ", (await Project.GetStatusAsync()).Entries.Select(entry => $"{entry.State} {entry.HasEditedComments}")));
        (await Project.Write("001_a.sql", "CREATE TABLE a (note VARCHAR(20) DEFAULT '--none');\n").MigrateAsync()).FailedWith("MIG3002");
    }

    [TestMethod]
    public async Task A_history_without_checksums_of_tokens_is_completed_and_as_strict_as_before()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("ALTER TABLE schema_migrations DROP COLUMN token_checksum");

        (await Project.Write("001_a.sql", "-- new\n" + Table("a")).MigrateAsync()).FailedWith("MIG3002");
        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).MigrateAsync()).Applied("002_b.sql");
        (await Project.Write("002_b.sql", "-- new\n" + Table("b")).MigrateAsync()).Applied().WithoutWarnings();
        (await Project.Write("001_a.sql", "-- new\n" + Table("a")).MigrateAsync()).FailedWith("MIG3002");
    }

    [TestMethod]
    public async Task A_checkout_with_other_line_ends_or_a_byte_order_mark_is_the_same_file()
    {
        const string Text = "CREATE TABLE a (\n  id INTEGER\n);\n";
        (await Project.Write("001_a.sql", Text).MigrateAsync()).Succeeded();

        (await Project.Write("001_a.sql", Text.Replace("\n", "\r\n", StringComparison.Ordinal)).MigrateAsync()).Applied().WithoutWarnings();
        (await Project.Write("001_a.sql", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]).MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_file_with_a_byte_order_mark_runs()
    {
        Project.Write("001_a.sql", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Table("a"))]);

        (await Project.MigrateAsync()).Applied("001_a.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task Empty_and_comment_only_files_stay_pending()
    {
        Project.Write("001_empty.sql", "").Write("002_blank.sql", " \r\n\t;;\n").Write("003_comment.sql", "-- nothing to do\n/* at all */").Write("004_wrapped.sql", "BEGIN;\nCOMMIT;\n").Write("R__empty.sql", "--");

        var report = (await Project.MigrateAsync()).Applied();

        Assert.AreSequenceEqual(
            ["MIG2028 001_empty.sql", "MIG2028 002_blank.sql", "MIG2028 003_comment.sql", "MIG2028 004_wrapped.sql", "MIG2028 R__empty.sql"],
            report.Warnings.Select(warning => $"{warning.Code} {Path.GetFileName(warning.Location.File)}"));
        Assert.AreEqual((5, 5), (report.Pending, report.Empty));
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_migration_does_not_run_before_one_that_it_requires_and_that_has_no_statement()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_later.sql", "").Write("003_c.sql", "-- Requires: 002\n" + Table("c"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2042").Says("002_later.sql");

        (await Project.Write("002_later.sql", Table("b")).MigrateAsync()).Applied("001_a.sql", "002_later.sql", "003_c.sql");
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_lost_its_statements_leaves_what_it_made_and_is_told()
    {
        (await Project.Write("R__v.sql", "CREATE VIEW v AS SELECT 1 AS id;").MigrateAsync()).Applied("R__v.sql");

        (await Project.Write("R__v.sql", "-- CREATE VIEW v AS SELECT 1 AS id;").MigrateAsync()).Applied().WarnedOf("MIG2028");

        await RowsAreAsync("SELECT id FROM v", "1");
    }

    [TestMethod]
    public async Task A_file_of_50_megabytes_is_applied()
    {
        const int Megabytes = 50;
        Project.Write("001_table.sql", "CREATE TABLE big (number INTEGER, filling TEXT);");
        var rows = WriteBig("002_big.sql", Megabytes * 1024 * 1024);

        var report = (await Project.MigrateAsync()).Applied("001_table.sql", "002_big.sql");

        TestContext.WriteLine($"{Megabytes} MB in {rows} statements: {report.Duration.TotalSeconds:0.0} s");
        await RowsAreAsync("SELECT count(*) FROM big", $"{rows}");
    }

    [TestMethod]
    public async Task A_script_in_its_own_transaction_runs_as_if_it_had_none()
    {
        Project.Write("001_a.sql", "-- wrapped\nBEGIN;\nCREATE TABLE a (id INTEGER);\nCOMMIT;\n").Write("002_b.sql", "BEGIN;\nCREATE TABLE b (id INTEGER);\nSELECT nope;\nCOMMIT;\n");

        (await Project.MigrateAsync()).HasApplied("001_a.sql").FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 3, 8);

        await (Dialect.CommitsSchemaChanges ? HistoryIsAsync("001_a.sql|applied", "002_b.sql|failed") : HistoryIsAsync("001_a.sql|applied"));
        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT count(*) FROM b", "0") : NoTableAsync("b"));
    }

    // Rows of about a kilobyte, in statements of their own.
    private int WriteBig(string name, long bytes)
    {
        var filling = new string('x', 1_000);
        using var file = new StreamWriter(Project.PathOf(name));
        var rows = 0;
        for (long written = 0; written < bytes; rows++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO big VALUES ({rows}, '{filling}');\n");
            file.Write(line);
            written += line.Length;
        }

        return rows;
    }
}
