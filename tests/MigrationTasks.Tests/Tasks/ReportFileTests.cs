using System.Text.Json;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class ReportFileTests
{
    [TestMethod]
    public void The_ending_of_the_file_decides_on_its_format()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(project.Migrate(task => task.Set("MigrateReportFile", "out/run.JSON")), project.Log.All());
        Assert.IsTrue(project.Migrate(task => task.Set("MigrateReportFile", "run.md")), project.Log.All());

        using var json = JsonDocument.Parse(File.ReadAllText(project.PathOf("out/run.JSON")));
        Assert.AreEqual("Shop", json.RootElement.GetProperty("project").GetString());
        Assert.AreEqual("001_a.sql", json.RootElement.GetProperty("databases")[0].GetProperty("applied")[0].GetProperty("migration").GetString());
        Assert.StartsWith("### ✅ Database migrations: Shop", File.ReadAllText(project.PathOf("run.md")));
    }

    private static readonly Dictionary<string, (Func<TaskProject, string, bool> Run, string Json, string Markdown)> Commands = new()
    {
        ["Migrate"] = Command<RunMigrations>("\"code\": \"MIG3002\"", "failed, nothing applied"),
        ["MigrateDryRun"] = Command<DryRunMigrations>("\"mode\": \"script\"", "failed, nothing written"),
        ["MigrateStatus"] = Command<GetMigrationStatus>("\"state\": \"edited\"", "| 001_a.sql | applied, then edited |"),
        ["MigrateValidate"] = Command<ValidateMigrations>("\"migrations\": 1", "1 migration checked"),
        ["MigrateRollback"] = Command<RollbackMigrations>("\"rolledBack\": []", "failed, nothing rolled back"),
        ["MigrateBaseline"] = Command<BaselineHistory>("\"version\": \"1\"", "failed, nothing marked", task => task.Set("MigrateTargetVersion", "1")),
        ["MigrateRepair"] = Command<RepairHistory>("\"repair\": \"checksums\", \"newName\": null, \"property\": \"-p:MigrateRepairChecksums=true\"", "| 001_a.sql | was edited: accept it as its file is now, without running it | -p&#58;MigrateRepairChecksums=true |"),
        ["MigrateImport"] = Command<ImportHistory>("\"tool\": null", "failed, nothing imported"),
    };

    public static IEnumerable<string> Names => Commands.Keys;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_command_writes_what_it_says(string command)
    {
        var (run, json, markdown) = Commands[command];
        using var project = Applied().Migration("001_a.sql", "CREATE TABLE a (x, y);").Write("summary.md", "");
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));

        run(project, "out/report.json");
        run(project, "out/report.md");

        Assert.Contains(json, string.Join(' ', File.ReadAllText(project.PathOf("out/report.json")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(markdown, File.ReadAllText(project.PathOf("out/report.md")));
        Assert.Contains(markdown, File.ReadAllText(project.PathOf("summary.md")));
    }

    [TestMethod]
    public void A_failed_run_writes_it_too()
    {
        using var project = new TaskProject().Migration("001_a.sql", "nonsense;");

        Assert.IsFalse(project.Migrate(task => task.Set("MigrateReportFile", "run.json")));

        Assert.Contains("\"code\": \"MIG4005\"", File.ReadAllText(project.PathOf("run.json")));
    }

    [TestMethod]
    public void An_ending_without_a_format_is_an_error_before_anything_runs()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.Set("MigrateReportFile", "run.html")));

        Assert.AreEqual(project.PathOf("run.html"), project.Error("MIG1013").File);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_an_error_after_the_run_was_told()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write("taken", "");

        Assert.IsFalse(project.Migrate(task => task.Set("MigrateReportFile", "taken/run.md")));

        project.Error("MIG1013");
        Assert.Contains("1 migration applied", project.Result());
    }

    private static (Func<TaskProject, string, bool> Run, string Json, string Markdown) Command<TTask>(string json, string markdown, Action<TTask>? configure = null)
        where TTask : MigrationTask, new()
    {
        return (Run, json, markdown);

        bool Run(TaskProject project, string file) => project.Run<TTask>(task =>
        {
            task.Set("MigrateReportFile", file);
            configure?.Invoke(task);
        });
    }

    private static TaskProject Applied()
    {
        var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        Assert.IsTrue(project.Migrate(), project.Log.All());
        return project;
    }
}
