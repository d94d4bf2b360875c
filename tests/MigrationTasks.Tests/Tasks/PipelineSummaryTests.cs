using Microsoft.Build.Framework;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class PipelineSummaryTests
{
    [TestMethod]
    public void On_GitHub_the_result_is_appended_to_the_summary_of_the_step()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write("summary.md", "# Before\n");
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));

        Assert.IsTrue(project.Migrate(), project.Log.All());

        var summary = File.ReadAllText(project.PathOf("summary.md"));
        Assert.StartsWith("# Before\n### ✅ Database migrations: Shop\n", summary);
        Assert.Contains("| 001_a.sql | ", summary);
    }

    [TestMethod]
    public void On_GitHub_a_summary_of_another_project_is_waited_for()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));
        var other = new FileStream(project.PathOf("summary.md"), FileMode.Append, FileAccess.Write, FileShare.None);
        _ = System.Threading.Tasks.Task.Delay(300).ContinueWith(_ => other.Dispose(), TaskScheduler.Default);

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.HasCount(0, project.Log.Warnings);
        Assert.Contains("001_a.sql", File.ReadAllText(project.PathOf("summary.md")));
    }

    [TestMethod]
    public void A_summary_that_cannot_be_written_is_a_warning()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("missing/summary.md"));

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.AreEqual("MIG1016", project.Log.Warnings.Single().Code);
    }

    [TestMethod]
    public void On_Azure_DevOps_the_result_is_uploaded_also_when_the_run_failed()
    {
        using var project = new TaskProject().Migration("001_a.sql", "nonsense;");
        Environment.SetEnvironmentVariable("TF_BUILD", "True");
        Environment.SetEnvironmentVariable("AGENT_TEMPDIRECTORY", project.Path);

        Assert.IsFalse(project.Migrate());

        var command = project.Log.Texts(MessageImportance.High).Single(text => text.StartsWith("##vso[task.uploadsummary]", StringComparison.Ordinal));
        var file = command["##vso[task.uploadsummary]".Length..];
        Assert.AreEqual("Database migrations of Shop.md", Path.GetFileName(file));
        Assert.Contains("MIG4005", File.ReadAllText(file));
    }

    [TestMethod]
    public void Elsewhere_nothing_is_written()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        project.Migrate();

        Assert.DoesNotContain("##vso[", project.Log.All());
    }
}
