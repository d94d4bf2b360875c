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

        Assert.IsTrue(project.Migrate(task => task.ReportFile = "out/run.JSON"), project.Log.All());
        Assert.IsTrue(project.Migrate(task => task.ReportFile = "run.md"), project.Log.All());

        using var json = JsonDocument.Parse(File.ReadAllText(project.PathOf("out/run.JSON")));
        Assert.AreEqual("Shop", json.RootElement.GetProperty("project").GetString());
        Assert.AreEqual("001_a.sql", json.RootElement.GetProperty("databases")[0].GetProperty("applied")[0].GetProperty("migration").GetString());
        Assert.StartsWith("### ✅ Database migrations: Shop", File.ReadAllText(project.PathOf("run.md")));
    }

    [TestMethod]
    public void A_failed_run_writes_it_too()
    {
        using var project = new TaskProject().Migration("001_a.sql", "nonsense;");

        Assert.IsFalse(project.Migrate(task => task.ReportFile = "run.json"));

        Assert.Contains("\"code\": \"MIG4005\"", File.ReadAllText(project.PathOf("run.json")));
    }

    [TestMethod]
    public void An_ending_without_a_format_is_an_error_before_anything_runs()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.ReportFile = "run.html"));

        Assert.AreEqual(project.PathOf("run.html"), project.Error("MIG1013").File);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_an_error_after_the_run_was_told()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write("taken", "");

        Assert.IsFalse(project.Migrate(task => task.ReportFile = "taken/run.md"));

        project.Error("MIG1013");
        Assert.Contains("1 migration applied", project.Result());
    }
}
