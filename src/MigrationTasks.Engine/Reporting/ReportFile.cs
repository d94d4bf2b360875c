using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>The file that <c>MigrateReportFile</c> names.</summary>
internal sealed class ReportFile
{
    private readonly string _path;
    private readonly Func<ProjectReport, string> _format;

    private ReportFile(string path, Func<ProjectReport, string> format)
    {
        _path = path;
        _format = format;
    }

    /// <summary>Decides on the format, before anything runs.</summary>
    /// <exception cref="MigrationException">MIG1013 for an ending that stands for no format.</exception>
    public static ReportFile? Create(string? name, string projectDirectory)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var path = Path.GetFullPath(name.Trim(), projectDirectory);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".MD" => new ReportFile(path, report => MarkdownReport.Of(report)),
            ".JSON" => new ReportFile(path, JsonReport.Of),
            _ => throw Errors.ReportFile(path, "MigrateReportFile must end in .md (Markdown) or .json."),
        };
    }

    /// <summary>Writes the report, and the folder it is in.</summary>
    /// <exception cref="MigrationException">MIG1013 when the file cannot be written.</exception>
    public void Write(ProjectReport report)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllText(_path, _format(report));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.ReportFile(_path, exception.Message, exception);
        }
    }
}
