using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Reporting;
using MigrationTasks.Terminal;

namespace MigrationTasks;

/// <summary>Tells the build log what happens, without arguments, so that braces are just braces.</summary>
/// <param name="log">MSBuild's log.</param>
/// <param name="projectFile">The project: the place of a problem that is in no other file.</param>
/// <param name="status">Shows what is waited for, to somebody who watches.</param>
/// <param name="database">Which of several databases it is that something happens to.</param>
internal sealed class BuildLog(TaskLoggingHelper log, string projectFile, LiveStatus? status = null, string? database = null) : RunLog(database)
{
    /// <summary>
    /// The result, as <c>Project -> text</c>: an interactive terminal hides other messages, but shows one of this form as
    /// the project's result, with all its lines. Only the last one of a project is shown, so there must be only one.
    /// </summary>
    public override void WriteResult(string text)
    {
        if (text.Length > 0)
        {
            Write(LineWeight.Result, $"{Path.GetFileNameWithoutExtension(projectFile)} -> {text}");
        }
    }

    public override void WriteCommand(string command) => log.LogMessage(MessageImportance.High, command);

    public override IRunObserver ForDatabase(string database) => new BuildLog(log, projectFile, status, database);

    protected override void Write(Diagnostic diagnostic)
    {
        var (file, line, column) = diagnostic.Location;
        // Without a file, MSBuild would point into the package's own .targets.
        file = PlainText.Of(file ?? projectFile);
        var message = PlainText.Of(diagnostic.Message);
        lock (log)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                log.LogError(null, diagnostic.Code, null, file, line, column, 0, 0, message);
            }
            else
            {
                log.LogWarning(null, diagnostic.Code, null, file, line, column, 0, 0, message);
            }
        }
    }

    protected override void WriteLines(LineWeight weight, string text)
    {
        lock (log)
        {
            log.LogMessage(weight switch { LineWeight.Result => MessageImportance.High, LineWeight.Progress => MessageImportance.Normal, _ => MessageImportance.Low }, text);
        }
    }

    protected override void Waits(MigrationScript? script, string text)
    {
        base.Waits(script, text);
        status?.Show(Database ?? "", script?.Name, PlainText.Of($"{Path.GetFileNameWithoutExtension(projectFile)}: {WithDatabase(text)}"));
    }

    protected override void WentOn(MigrationScript? butOf) => status?.Hide(Database ?? "", butOf?.Name);
}
