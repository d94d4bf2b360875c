using MigrationTasks.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Hostile;

/// <summary>Every hostile text at every place where text comes from outside: nothing of it is interpreted in any channel.</summary>
[TestClass]
public sealed class HostileTextTests
{
    public static IEnumerable<object[]> Sources => HostileSource.All.Select(source => new object[] { source });

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void Nothing_is_interpreted(object source)
    {
        foreach (var (name, text) in ((HostileSource)source).IsFileName ? HostileText.FileNames : HostileText.All)
        {
            try
            {
                NothingIsInterpreted((HostileSource)source, text);
            }
            catch (Exception problem) when (problem is not AssertInconclusiveException)
            {
                throw new AssertFailedException($"{name}: {problem.Message}", problem);
            }
        }
    }

    private static void NothingIsInterpreted(HostileSource source, string text)
    {
        using var project = new TaskProject();
        var configure = source.Prepare(project, text);
        Environment.SetEnvironmentVariable("GITHUB_STEP_SUMMARY", project.PathOf("summary.md"));
        Environment.SetEnvironmentVariable("TF_BUILD", "True");
        Environment.SetEnvironmentVariable("AGENT_TEMPDIRECTORY", project.PathOf("agent"));

        project.Migrate(task =>
        {
            task.Set("MigrateReportFile", "report.json");
            configure(task);
        });
        LogIsPlain(project, source);
        var reports = Directory.EnumerateFiles(project.Path, "*.md", SearchOption.AllDirectories).ToList();
        Assert.HasCount(source.Code is "MIG1010" or "MIG1013" or "MIG1018" ? 0 : 2, reports, "GitHub's summary, and that of Azure Pipelines.");
        reports.ForEach(file => PlainMarkdown.Check(File.ReadAllText(file)));
        Assert.IsTrue(!File.Exists(project.PathOf("report.json")) || IsPlainJson(File.ReadAllText(project.PathOf("report.json"))));

        project.Run<GetMigrationStatus>(task =>
        {
            if (source.Code != "MIG1013")
            {
                configure(task);
                LogIsPlain(project);
            }
        });
    }

    private static void LogIsPlain(TaskProject project, HostileSource? source = null)
    {
        var log = project.Log.AsPrinted();
        HostileText.IsNotInterpreted(log, "##vso[task.uploadsummary]");
        Assert.DoesNotContain("MIG9001", log);
        Assert.Contains(source?.Code ?? "", log);
        Assert.IsTrue(source?.IsShown != true || log.Contains(HostileText.Mark, StringComparison.Ordinal), log);
    }

    private static bool IsPlainJson(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        HostileText.IsNotInterpreted(json);
        return true;
    }
}
