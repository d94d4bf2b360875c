using System.Text.RegularExpressions;

namespace MigrationTasks.Tool.Tests;

/// <summary>The commands, on SQLite: what each does is the engine's, that it is reached is tested here.</summary>
[TestClass]
public sealed class CommandTests : IDisposable
{
    private readonly ToolFolder _folder = new ToolFolder().Migration("001_a").Migration("002_b");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task The_program_alone_applies_what_is_pending_and_does_nothing_the_next_time()
    {
        (await _folder.RunAsync()).Succeeded().Says($"{_folder.Name} -> sqlite app.db: 2 migrations applied in ");
        (await _folder.RunAsync()).Succeeded().Says("up to date (2 applied)");
    }

    [TestMethod]
    public async Task Status_shows_where_each_migration_stands()
    {
        await _folder.RunAsync("--target-version", "1");

        (await _folder.RunAsync("status")).Succeeded().Says("1 applied, 1 pending").Says("002_b.sql   pending");
    }

    [TestMethod]
    public async Task Rollback_undoes_as_many_as_asked()
    {
        await _folder.RunAsync();

        (await _folder.RunAsync("rollback", "--steps", "2")).Succeeded().Says("2 migrations rolled back");
    }

    [TestMethod]
    public async Task Dry_run_writes_the_script_where_it_is_asked_for()
    {
        (await _folder.RunAsync("dry-run", "--dry-run-file", "plan.sql")).Succeeded().Says("2 migrations would be applied");

        Assert.Contains("CREATE TABLE t001_a", File.ReadAllText(_folder.PathOf("plan.sql")));
        Assert.IsFalse(File.Exists(_folder.PathOf("app.db")));
    }

    [TestMethod]
    public async Task Validate_lints_silences_and_raises_as_a_build_does()
    {
        _folder.Write("migrations/sqlite/003_c.sql", "-- Rollback: SELECT 1;\nDROP TABLE t001_a;\n");

        Assert.Contains("003_c.sql(2,1): warning MIG5030:", (await _folder.RunAsync("validate")).Succeeded().Problems);
        Assert.AreEqual("", (await _folder.RunAsync("validate", "--no-warn", "MIG5030")).Succeeded().Problems);
        (await _folder.RunAsync("validate", "--warn-as-error")).Failed("003_c.sql(2,1): error MIG5030:");
        (await _folder.RunAsync("validate", "--warn-as-error", "MIG5030")).Failed("error MIG5030:");
        Assert.Contains("warning MIG5030:", (await _folder.RunAsync("validate", "--warn-as-error", "MIG5031")).Succeeded().Problems);
    }

    [TestMethod]
    public async Task New_starts_a_file_by_its_name()
    {
        (await _folder.RunAsync("new", "add_users")).Succeeded().Says("003_add_users.sql");

        Assert.IsTrue(File.Exists(_folder.PathOf("migrations/sqlite/003_add_users.sql")));
    }

    [TestMethod]
    public async Task Baseline_marks_repair_lists_and_import_looks()
    {
        (await _folder.RunAsync("baseline", "--target-version", "1")).Succeeded().Says("1 migration marked");
        _folder.Write("migrations/sqlite/001_a.sql", "CREATE TABLE other (id INTEGER);");
        (await _folder.RunAsync("repair")).Succeeded().Says("   --repair-checksums");
        (await _folder.RunAsync("repair", "--repair-checksums")).Succeeded();
        (await _folder.RunAsync("status")).Succeeded().Says("1 applied, 1 pending");
        (await _folder.RunAsync("import")).Failed("error MIG");
    }

    [TestMethod]
    public async Task A_report_is_written_and_shows_what_the_terminal_does()
    {
        (await _folder.RunAsync("--report-file", "reports/run.json")).Succeeded();

        Assert.Contains("\"001_a.sql\"", File.ReadAllText(_folder.PathOf("reports/run.json")));
    }

    [TestMethod]
    public async Task A_report_says_what_is_typed_here()
    {
        await _folder.RunAsync();
        _folder.Write("migrations/sqlite/001_a.sql", "CREATE TABLE other (id INTEGER);");

        (await _folder.RunAsync("--report-file", "run.json")).Failed("migrate repair --repair-checksums");

        var report = File.ReadAllText(_folder.PathOf("run.json"));
        Assert.Contains("migrate repair --repair-checksums", report);
        Assert.DoesNotContain("dotnet build", report);
    }

    [TestMethod]
    public async Task An_error_is_at_its_line_and_column_and_nothing_of_the_file_is_applied()
    {
        _folder.Write("migrations/sqlite/003_c.sql", "CREATE TABLE c (id INTEGER);\n  INSERT INTO nosuch VALUES (1);\n");

        (await _folder.RunAsync()).Failed($"{_folder.PathOf("migrations/sqlite/003_c.sql")}(2,").Says("failed");
        (await _folder.RunAsync("status")).Says("2 applied, 1 pending");
    }

    [TestMethod]
    public async Task Verbose_tells_each_migration()
    {
        Assert.DoesNotContain("Applied 001_a.sql", (await _folder.RunAsync("--target-version", "1")).Output);
        (await _folder.RunAsync("--verbose")).Succeeded().Says("1 migration to apply.").Says("Applied 002_b.sql in ");
    }

    [TestMethod]
    public async Task Help_has_every_option_in_the_words_of_this_program()
    {
        var all = string.Concat(await Task.WhenAll(CommandNames.Targets.Select(async target => (await _folder.RunAsync(CommandNames.CommandOf(target), "--help")).Succeeded().Output)))
            + (await _folder.RunAsync("--help")).Output;

        Assert.IsEmpty(CommandNames.Properties.Where(property => !all.Contains(CommandNames.OptionOf(property) + " ", StringComparison.Ordinal)));
        Assert.DoesNotContain("-p:", all);
        Assert.DoesNotContain("-t:", all);
        Assert.IsFalse(Regex.IsMatch(all, "\\bMigrate(?!s)(?!ionTasks)"), all);
    }
}
