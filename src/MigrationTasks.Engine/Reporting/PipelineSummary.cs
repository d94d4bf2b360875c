using System.Text;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Puts the result of a run on the summary page of the pipeline that it runs in.</summary>
internal static class PipelineSummary
{
    private const int MaximumRows = 1000;

    private const int Attempts = 20;

    /// <summary>Publishes the summary where a pipeline runs; a summary that cannot be written is a warning, the migrations are applied.</summary>
    public static void Publish(ProjectReport report, RunLog log)
    {
        try
        {
            if (Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
            {
                Append(summary, MarkdownReport.Of(report, MaximumRows));
            }

            if ("True".Equals(Environment.GetEnvironmentVariable("TF_BUILD"), StringComparison.OrdinalIgnoreCase))
            {
                UploadToAzure(report, log);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Write([Errors.PipelineSummary(exception.Message)]);
        }
    }

    // Projects that build at the same time append to the same file, each from a process of its own.
    private static void Append(string path, string markdown)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
                file.Write(Encoding.UTF8.GetBytes(SummaryPage.Fit(markdown, SummaryPage.MaximumBytes - file.Length)));
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(50);
            }
        }
    }

    // The agent reads the file when it meets the command in the output, and names the section after the file. It finds the
    // command anywhere in a line, so that MSBuild's indentation and project numbers do no harm.
    private static void UploadToAzure(ProjectReport report, RunLog log)
    {
        var temporary = Environment.GetEnvironmentVariable("AGENT_TEMPDIRECTORY") is { Length: > 0 } agent ? agent : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(temporary, $"migrationtasks-{Guid.NewGuid():N}")).FullName;
        var path = Path.Combine(folder, $"Database migrations of {FileName(report.Project)}.md");
        File.WriteAllText(path, SummaryPage.Fit(MarkdownReport.Of(report, MaximumRows), SummaryPage.MaximumBytes));
        log.WriteCommand($"##vso[task.uploadsummary]{path}");
    }

    // The agent decodes what stands in a command, and a line break would end it.
    private static string FileName(string project) =>
        string.Concat(project.Select(character => char.IsLetterOrDigit(character) || character is ' ' or '.' or '-' or '_' ? character : '_'));
}
