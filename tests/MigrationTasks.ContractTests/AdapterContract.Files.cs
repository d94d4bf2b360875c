using System.Globalization;
using System.Text;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task An_edited_file_is_refused_and_nothing_runs()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        var report = await Project.Write("001_a.sql", Table("changed")).Write("002_b.sql", Table("b")).MigrateAsync();

        report.HasApplied().FailedWith("MIG3002").Says("changed after it was applied");
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_file_of_which_only_comments_and_layout_were_edited_is_the_same_migration()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (note TEXT DEFAULT '-- none');\n").MigrateAsync()).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");
        Project.Write("001_a.sql", "-- Migration: notes\n-- Transaction: none\nCREATE TABLE a\n(\n  note TEXT DEFAULT '-- none' -- or one\n);\n");

        (await Project.MigrateAsync()).Applied().WithoutWarnings();

        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
        Assert.AreEqual("Applied True", string.Join(", ", (await Project.GetStatusAsync()).Entries.Select(entry => $"{entry.State} {entry.HasEditedComments}")));
        (await Project.Write("001_a.sql", "CREATE TABLE a (note TEXT DEFAULT '--none');\n").MigrateAsync()).FailedWith("MIG3002");
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
    public async Task A_missing_file_is_warned_of()
    {
        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();
        File.Delete(Project.PathOf("001_a.sql"));

        var report = await Project.Write("003_c.sql", Table("c")).MigrateAsync();

        report.Applied("003_c.sql").WarnedOf("MIG3004").Says("001_a.sql");
    }

    [TestMethod]
    public async Task A_renamed_file_is_refused()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        File.Move(Project.PathOf("001_a.sql"), Project.PathOf("001_better_name.sql"));

        (await Project.MigrateAsync()).FailedWith("MIG3010").Says("001_a.sql");

        await HistoryIsAsync("001_a.sql|applied");
    }

    [TestMethod]
    [DataRow(OutOfOrderPolicy.Warn)]
    [DataRow(OutOfOrderPolicy.Error)]
    [DataRow(OutOfOrderPolicy.Allow)]
    public async Task A_migration_out_of_order_is_treated_as_asked(OutOfOrderPolicy policy)
    {
        (await Project.Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();
        Project.Plan = new PlanOptions(policy);

        var report = await Project.Write("001_a.sql", Table("a")).MigrateAsync();

        switch (policy)
        {
            case OutOfOrderPolicy.Warn:
                report.Applied("001_a.sql").WarnedOf("MIG3003").Says("002_b.sql");
                break;
            case OutOfOrderPolicy.Error:
                report.HasApplied().FailedWith("MIG3003").Says("002_b.sql");
                break;
            default:
                report.Applied("001_a.sql").WithoutWarnings();
                break;
        }
    }

    [TestMethod]
    public async Task Two_files_of_one_version_are_refused()
    {
        Project.Write("1_a.sql", Table("a")).Write("001_b.sql", Table("b"));

        (await Project.MigrateAsync()).FailedWith("MIG2002").Says("001_b.sql").Says("1_a.sql");

        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_file_without_a_version_is_refused()
    {
        Project.Write("001_a.sql", Table("a")).Write("create_b.sql", Table("b"));

        Assert.AreEqual(Project.PathOf("create_b.sql"), (await Project.MigrateAsync()).FailedWith("MIG2001").Location.File);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task Versions_of_twenty_digits_are_compared_as_numbers()
    {
        Project.Write("20260102030405060709_b.sql", Table("b")).Write("20260102030405060708_a.sql", Table("a")).Write("99999999999999999999_c.sql", Table("c")).Write("2_first.sql", Table("first_one"));

        (await Project.MigrateAsync()).Applied("2_first.sql", "20260102030405060708_a.sql", "20260102030405060709_b.sql", "99999999999999999999_c.sql");
    }

    [TestMethod]
    public async Task Names_may_hold_whatever_a_file_system_takes()
    {
        string[] names = ["001_naïve café 😀.sql", "002_it's 100% done; DROP TABLE a --.sql", "003_$1 {0} @p :q ?.sql"];
        names = [.. names.Where(name => name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0)];
        foreach (var name in names)
        {
            Project.Write(name, Table($"t{name[2]}"));
        }

        (await Project.MigrateAsync()).Applied(names);

        await HistoryIsAsync([.. names.Select(name => $"{name}|applied")]);
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task Empty_and_comment_only_files_are_migrations()
    {
        Project.Write("001_empty.sql", "").Write("002_blank.sql", " \r\n\t;;\n").Write("003_comment.sql", "-- nothing to do\n/* at all */");

        (await Project.MigrateAsync()).Applied("001_empty.sql", "002_blank.sql", "003_comment.sql");

        await HistoryIsAsync("001_empty.sql|applied", "002_blank.sql|applied", "003_comment.sql|applied");
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

    [TestMethod]
    public async Task The_rollback_of_a_migration_is_kept_in_the_history()
    {
        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n" + Table("a"))
            .Write("002_b.sql", Table("b")).Write("002_b.down.sql", "DROP TABLE b;\n")
            .Write("003_c.sql", Table("c"));

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql", "003_c.sql").WithoutWarnings();

        await RowsAreAsync("SELECT trim(replace(rollback_sql, '\n', ' ')) FROM schema_migrations ORDER BY migration_name", "DROP TABLE a;", "DROP TABLE b;", "");
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
