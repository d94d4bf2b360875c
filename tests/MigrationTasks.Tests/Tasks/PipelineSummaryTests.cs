using Microsoft.Build.Framework;
using MigrationTasks.Engine.Reporting;
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
    public void On_GitHub_what_the_page_already_holds_counts()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write("summary.md", new string('x', SummaryPage.MaximumBytes - 40));
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.IsLessThanOrEqualTo(SummaryPage.MaximumBytes, new FileInfo(project.PathOf("summary.md")).Length);
    }

    [TestMethod]
    public void A_page_is_cut_at_a_line_and_says_so()
    {
        var markdown = string.Concat(Enumerable.Range(1, 1_200).Select(i => $"- {i} ⚠️ {new string('é', 600)}\n"));

        var page = SummaryPage.Fit(markdown, SummaryPage.MaximumBytes);

        Assert.IsLessThanOrEqualTo(SummaryPage.MaximumBytes, System.Text.Encoding.UTF8.GetByteCount(page));
        Assert.Contains("more lines did not fit on this page, which holds 1 MiB. The build log has all of them.", page);
        Assert.StartsWith("- 1 ⚠️", page);
        Assert.IsGreaterThan(SummaryPage.MaximumBytes - 2_000, System.Text.Encoding.UTF8.GetByteCount(page));
    }

    [TestMethod]
    public void A_long_message_is_cut_between_characters_and_leaves_room_for_the_others()
    {
        foreach (var length in Enumerable.Range(3_980, 30))
        {
            var page = SummaryPage.Fit($"{new string('x', length)}&#124;😀{new string('y', 2_000_000)}\nnext\n", SummaryPage.MaximumBytes);

            Assert.MatchesRegex("^x+(&#124;(😀y*)?)? … \\([0-9]+ more characters are in the build log\\)\nnext\n$", page);
        }
    }

    [TestMethod]
    public void A_summary_that_fits_stays_as_it_is() => Assert.AreEqual("a\n| b |\n\n", SummaryPage.Fit("a\n| b |\n\n", 9));

    [TestMethod]
    public void Where_not_a_line_fits_nothing_is_written() => Assert.AreEqual("", SummaryPage.Fit("a\n", 0));

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
