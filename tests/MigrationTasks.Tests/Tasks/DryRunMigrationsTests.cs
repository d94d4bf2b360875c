using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class DryRunMigrationsTests
{
    [TestMethod]
    public void The_script_is_below_the_folder_for_it_and_the_database_is_not_touched()
    {
        using var project = WithTwo();

        Assert.IsTrue(DryRun(project), project.Log.All());

        var script = project.PathOf("obj/migrations-sqlite.sql");
        Assert.AreEqual($"Shop -> sqlite app.db: 2 migrations would be applied, by the script {script}\n    001_a.sql\n    002_b.sql", project.Result().Replace("   \n", "\n", StringComparison.Ordinal).TrimEnd());
        Assert.Contains("CREATE TABLE b (x);", File.ReadAllText(script));
        Assert.IsFalse(File.Exists(project.PathOf("app.db")));
    }

    [TestMethod]
    public void The_script_goes_where_the_property_says()
    {
        using var project = WithTwo();

        Assert.IsTrue(DryRun(project, task => task.Set("MigrateDryRunFile", " out/next.sql ").Set("MigrateTargetVersion", "1")), project.Log.All());

        Assert.Contains("1 migration would be applied, by the script", project.Result());
        Assert.Contains("CREATE TABLE a (x);", File.ReadAllText(project.PathOf("out/next.sql")));
        Assert.IsFalse(Directory.Exists(project.PathOf("obj")));
    }

    [TestMethod]
    public void With_nothing_pending_it_says_so()
    {
        using var project = WithTwo();
        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.IsTrue(DryRun(project), project.Log.All());

        Assert.StartsWith("Shop -> sqlite app.db: up to date (2 applied), so the script does nothing: ", project.Result());
    }

    [TestMethod]
    public void Each_folder_has_a_script_of_its_own()
    {
        using var project = WithTwo().Write("a/b/001_x.sql", "CREATE TABLE x (x);").Write("a-b/001_y.sql", "CREATE TABLE y (x);").Write(".env", "SQLITE_URL=sqlite:app.db\nX_URL=sqlite:x.db");
        var folders = new[] { "a/b", "a-b", "migrations/sqlite" };

        Assert.IsTrue(DryRun(project, task => task.Folders = [.. folders.Select(folder => new Microsoft.Build.Utilities.TaskItem(folder, new Dictionary<string, string> { ["Database"] = "sqlite", ["ConnectionStringVariable"] = folder.StartsWith('a') ? "X_URL" : "SQLITE_URL", ["HistoryTable"] = $"history_{Array.IndexOf(folders, folder)}" }))]), project.Log.All());

        Assert.AreEqual("a-b-2.sql, a-b.sql, migrations-sqlite.sql", string.Join(", ", Directory.GetFiles(project.PathOf("obj")).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [DataRow("migrations/sqlite/003_c.sql", null, "MIG1024", DisplayName = "a file in the migrations folder")]
    [DataRow("Shop.csproj", null, "MIG1024", DisplayName = "a file that is something else")]
    [DataRow("migrations", null, "MIG1024", DisplayName = "a folder")]
    [DataRow("s.sql", "latest", "MIG1010", DisplayName = "a target that is no version")]
    [DataRow(null, "x", "MIG1010", DisplayName = "a target that is no version, without a file")]
    public void What_cannot_be_meant_writes_nothing(string? file, string? target, string code)
    {
        using var project = WithTwo().Write("Shop.csproj", "<Project />");

        Assert.IsFalse(DryRun(project, task => task.Set("MigrateDryRunFile", file).Set("MigrateTargetVersion", target)));

        project.Error(code);
        Assert.AreEqual("<Project />", File.ReadAllText(project.PathOf("Shop.csproj")));
        Assert.IsFalse(File.Exists(project.PathOf("s.sql")) || File.Exists(project.PathOf("migrations/sqlite/003_c.sql")));
    }

    [TestMethod]
    public void One_file_cannot_hold_the_scripts_of_two_databases()
    {
        using var project = WithTwo().Write("migrations/postgresql/001_a.sql", "SELECT 1;");

        Assert.IsFalse(DryRun(project, task => task.Set("MigrateDryRunFile", "s.sql")));

        Assert.Contains("MigrateDryRun", project.Error("MIG1021").Message!);
    }

    [TestMethod]
    public void The_report_has_the_script_and_what_it_applies()
    {
        using var project = WithTwo();

        Assert.IsTrue(DryRun(project, task => task.Set("MigrateReportFile", "run.json")), project.Log.All());
        Assert.IsTrue(DryRun(project, task => task.Set("MigrateReportFile", "run.md")), project.Log.All());

        Assert.Contains("""
                  "alreadyApplied": 0,
                  "pending": 2,
                  "empty": 0,
                  "mode": "script",
                  "tried": [],
                  "untried": [],
                  "script": "obj/migrations-sqlite.sql",
                  "scripted": [
                    "001_a.sql",
                    "002_b.sql"
                  ],
            """, File.ReadAllText(project.PathOf("run.json")));
        Assert.Contains("2 migrations would be applied", File.ReadAllText(project.PathOf("run.md")));
    }

    [TestMethod]
    public void An_error_is_at_its_file_and_nothing_is_written()
    {
        using var project = WithTwo().Migration("003_c.sql", "SELECT 1;\n  SELECT 'oops;\n");

        Assert.IsFalse(DryRun(project));

        var error = project.Error("MIG2004");
        Assert.AreEqual((project.PathOf("migrations/sqlite/003_c.sql"), 2, 10), (error.File, error.LineNumber, error.ColumnNumber));
        Assert.AreEqual("Shop -> sqlite app.db: failed, nothing written, 3 pending", project.Result());
        Assert.IsFalse(Directory.Exists(project.PathOf("obj")));
    }

    [TestMethod]
    public void What_is_pending_is_tried_and_rolled_back_when_that_is_asked_for()
    {
        using var project = WithTwo();

        Assert.IsTrue(DryRun(project, task => task.Set("MigrateDryRunMode", "rollback").Set("MigrateReportFile", "run.json")), project.Log.All());

        Assert.MatchesRegex(@"^Shop -> sqlite app\.db: 2 migrations tried in [^\n]+ and rolled back\n    001_a\.sql   [^\n]+ms\n    002_b\.sql   [^\n]+ms$", project.Result());
        Assert.Contains("\"mode\": \"rollback\"", File.ReadAllText(project.PathOf("run.json")));
        Assert.IsFalse(File.Exists(project.PathOf("app.db")) || Directory.Exists(project.PathOf("obj")));
    }

    [TestMethod]
    public void What_was_not_tried_is_a_warning_with_the_reason()
    {
        using var project = WithTwo().Migration("003_c.sql", "-- Transaction: none\nVACUUM;");

        Assert.IsTrue(DryRun(project, task => task.Set("MigrateDryRunMode", "Rollback").Set("MigrateReportFile", "run.md")), project.Log.All());

        Assert.AreEqual(("MIG4017", project.PathOf("migrations/sqlite/003_c.sql")), (project.Log.Warnings.Single().Code, project.Log.Warnings.Single().File));
        Assert.Contains("and rolled back, 1 not tried", project.Result());
        Assert.Contains("003_c.sql   not tried: it runs outside a transaction", project.Result());
        Assert.Contains("not tried: it runs outside a transaction", File.ReadAllText(project.PathOf("run.md")));
    }

    [TestMethod]
    public void A_mode_that_is_none_is_an_error_that_names_the_property()
    {
        using var project = WithTwo();

        Assert.IsFalse(DryRun(project, task => task.Set("MigrateDryRunMode", "Guess")));

        Assert.StartsWith("MigrateDryRunMode is 'Guess', but must be Script or Rollback", project.Error("MIG1010").Message!);
    }

    private static TaskProject WithTwo() => new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "CREATE TABLE b (x);");

    private static bool DryRun(TaskProject project, Action<DryRunMigrations>? configure = null) => project.Run<DryRunMigrations>(task =>
    {
        task.Set("BaseIntermediateOutputPath", "obj\\");
        configure?.Invoke(task);
    });
}
