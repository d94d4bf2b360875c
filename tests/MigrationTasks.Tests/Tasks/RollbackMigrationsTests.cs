using System.Text.Json;
using Microsoft.Build.Framework;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class RollbackMigrationsTests
{
    [TestMethod]
    public void The_newest_migration_is_undone_unless_more_are_asked_for()
    {
        using var project = WithTwoApplied();

        Assert.IsTrue(RollBack(project), project.Log.All());

        Assert.MatchesRegex(@"^Shop -> sqlite app\.db: 1 migration rolled back in [^\n]+\n    002_b\.sql   \S+ ms$", project.Result());
        Assert.HasCount(1, project.Log.Texts(MessageImportance.High));
        Assert.Contains(text => text.StartsWith("Rolled back 002_b.sql in ", StringComparison.Ordinal), project.Log.Texts(MessageImportance.Normal));
    }

    [TestMethod]
    public void As_many_steps_as_asked_for_are_undone()
    {
        using var project = WithTwoApplied();

        Assert.IsTrue(RollBack(project, task => task.Set("MigrateSteps", " 2 ")), project.Log.All());

        Assert.Contains("2 migrations rolled back", project.Result());
    }

    [TestMethod]
    public void What_is_newer_than_the_target_is_undone_and_the_history_may_have_the_SQL()
    {
        using var project = WithTwoApplied();
        File.Delete(project.PathOf("migrations/sqlite/002_b.sql"));

        Assert.IsFalse(RollBack(project, task => task.Set("MigrateTargetVersion", "001")));
        var message = project.Error("MIG3033").Message!;
        var fingerprint = message[(message.IndexOf("MigrateRollbackStored=", StringComparison.Ordinal) + "MigrateRollbackStored=".Length)..].Split('.')[0];

        Assert.IsTrue(RollBack(project, task => task.Set("MigrateTargetVersion", "001").Set("MigrateRollbackStored", fingerprint)), project.Log.All());
        Assert.Contains("by the SQL that the history kept", project.Result());

        Assert.IsTrue(RollBack(project, task => task.Set("MigrateTargetVersion", "001")), project.Log.All());
        Assert.AreEqual("Shop -> sqlite app.db: nothing to roll back (1 applied)", project.Result());
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("1.5")]
    [DataRow("all")]
    [DataRow("99999999999")]
    public void A_number_of_steps_that_is_none_is_an_error_that_names_the_property(string steps)
    {
        using var project = WithTwoApplied();

        Assert.IsFalse(RollBack(project, task => task.Set("MigrateSteps", steps)));

        Assert.StartsWith($"MigrateSteps is '{steps}'", project.Error("MIG1010").Message!);
    }

    [TestMethod]
    [DataRow("latest", null, "MIG1010")]
    [DataRow("-1", null, "MIG1010")]
    [DataRow("001", "1", "MIG1019")]
    [DataRow("007", null, "MIG3019")]
    [DataRow(null, "3", "MIG3019")]
    public void What_cannot_be_meant_undoes_nothing(string? target, string? steps, string code)
    {
        using var project = WithTwoApplied();

        Assert.IsFalse(RollBack(project, task => task.Set("MigrateTargetVersion", target).Set("MigrateSteps", steps)));

        Assert.AreEqual(code == "MIG3019" ? project.PathOf("migrations/sqlite") : project.ProjectFile, project.Error(code).File);
        Assert.IsTrue(project.Run<GetMigrationStatus>());
        Assert.Contains("2 applied, 0 pending", project.Result());
    }

    [TestMethod]
    public void Of_several_databases_one_must_be_chosen()
    {
        using var project = WithTwoApplied().Write("migrations/postgresql/001_a.sql", "CREATE TABLE a (x int);");

        Assert.IsFalse(RollBack(project));
        Assert.Contains("MigrateRollback works on one migrations folder, and this project has 2", project.Error("MIG1021").Message!);

        Assert.IsTrue(RollBack(project, task => task.Set("MigrateDatabase", "sqlite")), project.Log.All());
        Assert.Contains("1 migration rolled back", project.Result());
    }

    [TestMethod]
    public void A_migration_without_rollback_is_an_error_at_its_file()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();

        Assert.IsFalse(RollBack(project));

        Assert.AreEqual(project.PathOf("migrations/sqlite/001_a.sql"), project.Error("MIG3017").File);
        Assert.AreEqual("Shop -> sqlite app.db: failed, nothing rolled back", project.Result());
    }

    [TestMethod]
    public void A_failure_tells_what_was_undone_before_it_and_what_is_left()
    {
        using var project = WithTwoApplied();
        project.Migration("001_a.sql", "-- Rollback: DROP TABLE missing;\n\nCREATE TABLE a (x);");

        Assert.IsFalse(RollBack(project, task => task.Set("MigrateSteps", "2")));

        Assert.AreEqual((1, 14), (project.Error("MIG4005").LineNumber, project.Error("MIG4005").ColumnNumber));
        Assert.Contains("failed after 1 migration rolled back in ", project.Result());
        Assert.Contains(", 1 left\n    002_b.sql ", project.Result());
    }

    [TestMethod]
    public void The_result_is_written_and_put_on_the_pipelines_page()
    {
        using var project = WithTwoApplied().Write("summary.md", "");
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));

        Assert.IsTrue(RollBack(project, task => task.Set("MigrateReportFile", "back.json")), project.Log.All());

        using var json = JsonDocument.Parse(File.ReadAllText(project.PathOf("back.json")));
        var undone = json.RootElement.GetProperty("databases")[0].GetProperty("rolledBack")[0];
        Assert.AreEqual(("002_b.sql", "header"), (undone.GetProperty("migration").GetString(), undone.GetProperty("source").GetString()));
        Assert.Contains("1 migration rolled back", File.ReadAllText(project.PathOf("summary.md")));
        Assert.Contains("| 002_b.sql | ", File.ReadAllText(project.PathOf("summary.md")));
    }

    [TestMethod]
    public void A_project_without_any_folder_is_an_error()
    {
        using var project = new TaskProject();

        Assert.IsFalse(RollBack(project));

        project.Error("MIG1005");
    }

    private static bool RollBack(TaskProject project, Action<RollbackMigrations>? configure = null) => project.Run(configure);

    private static TaskProject WithTwoApplied()
    {
        var project = new TaskProject()
            .Migration("001_a.sql", "-- Rollback: DROP TABLE a;\n\nCREATE TABLE a (x);")
            .Migration("002_b.sql", "-- Rollback: DROP TABLE b;\n\nCREATE TABLE b (x);");
        Assert.IsTrue(project.Migrate(), project.Log.All());
        return project;
    }
}
