using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Terminal;

namespace MigrationTasks;

/// <summary>
/// Tells the build log what happens. Whatever a name or a server's message holds is text here and nothing else: everything is
/// made plain at the last moment, and logged without arguments, so that braces are just braces.
/// </summary>
/// <param name="log">MSBuild's log.</param>
/// <param name="projectFile">The project: the place of a problem that is in no other file.</param>
/// <param name="status">Shows what is waited for, to somebody who watches.</param>
/// <param name="database">Which of several databases it is that something happens to.</param>
internal sealed class BuildLog(TaskLoggingHelper log, string projectFile, LiveStatus? status = null, string? database = null) : IRunObserver
{
    public void Write(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic);
        }
    }

    /// <summary>
    /// The result, as <c>Project -> text</c>: an interactive terminal hides other messages, but shows one of this form as
    /// the project's result, with all its lines. Only the last one of a project is shown, so there must be only one.
    /// </summary>
    public void WriteResult(string text)
    {
        if (text.Length > 0)
        {
            Write(MessageImportance.High, $"{Path.GetFileNameWithoutExtension(projectFile)} -> {text}");
        }
    }

    /// <summary>A line that a pipeline's agent looks for in the output, and which must not be changed.</summary>
    public void WriteCommand(string command) => log.LogMessage(MessageImportance.High, command);

    public void WriteInternalError(Exception exception)
    {
        Write(Errors.Internal(exception).Diagnostics);
        Crashed(exception);
    }

    public void Crashed(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            // Where, but not what: an exception's text may quote a connection string.
            Write(MessageImportance.Low, $"{cause.GetType().FullName}\n{cause.StackTrace}");
        }
    }

    public IRunObserver ForDatabase(string database) => new BuildLog(log, projectFile, status, database);

    public void Connected(string target) => WentOn(MessageImportance.Low, $"Connected to {PlainText.Of(target)}.");

    public void WaitingForServer(string target, string reason) =>
        Waits(null, $"Waiting for {PlainText.Of(target)}: {PlainText.Of(reason)}");

    public void Planned(MigrationPlan plan)
    {
        foreach (var entry in plan.Entries.Where(entry => entry.HasEditedComments))
        {
            Write(MessageImportance.Normal, $"{PlainText.Of(entry.Name)} is applied; only its comments or white space were edited since.");
        }

        Write(MessageImportance.Normal, plan.IsEmpty ? "Nothing to apply." : $"{Wording.Of(plan.Steps.Count, "migration")} to apply.");
    }

    public void RollbackPlanned(RollbackPlan plan) =>
        Write(MessageImportance.Normal, plan.Steps.Count == 0 ? "Nothing to roll back." : $"{Wording.Of(plan.Steps.Count, "migration")} to roll back.");

    public void Started(MigrationScript script) =>
        WentOn(MessageImportance.Low, $"{(script is RollbackScript ? "Rolling back" : "Applying")} {PlainText.Of(script.Name)} …", butOf: script);

    public void StillRunning(MigrationScript script, TimeSpan elapsed) =>
        Waits(script, $"{PlainText.Of(script.Name)} is still running after {Wording.Of(elapsed)} …");

    public void Resumed(MigrationScript script, int statement, string reason) =>
        Waits(script, $"{PlainText.Of(script.Name)} continues at statement {statement}: {PlainText.Of(reason)}");

    public void Waiting(MigrationScript script, string reason) =>
        Waits(script, $"{PlainText.Of(script.Name)}: {PlainText.Of(reason)}");

    public void Applied(Migration migration, TimeSpan duration) =>
        WentOn(MessageImportance.Normal, $"Applied {PlainText.Of(migration.Name)} in {Wording.Of(duration)}.");

    public void Tried(Migration migration, TimeSpan duration) =>
        WentOn(MessageImportance.Normal, $"Tried {PlainText.Of(migration.Name)} in {Wording.Of(duration)}.");

    public void RolledBack(RollbackScript rollback, TimeSpan duration) =>
        WentOn(MessageImportance.Normal, $"Rolled back {PlainText.Of(rollback.Name)} in {Wording.Of(duration)}.");

    public void Noticed(MigrationScript? script, string text) =>
        Write(MessageImportance.Low, script is null ? PlainText.Of(text) : $"{PlainText.Of(script.Name)}: {PlainText.Of(text)}");

    public void Warned(Diagnostic warning) => Write(warning);

    private void Write(Diagnostic diagnostic)
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

    private void Waits(MigrationScript? script, string text)
    {
        Write(MessageImportance.High, text);
        status?.Show(database ?? "", script?.Name, PlainText.Of($"{Path.GetFileNameWithoutExtension(projectFile)}: {Prefix}{text}"));
    }

    // What is tried again goes on to be waited for.
    private void WentOn(MessageImportance importance, string text, MigrationScript? butOf = null)
    {
        status?.Hide(database ?? "", butOf?.Name);
        Write(importance, text);
    }

    // Of several databases that are at work at the same time.
    private string Prefix => database is null ? "" : $"{database}: ";

    private void Write(MessageImportance importance, string text)
    {
        lock (log)
        {
            log.LogMessage(importance, PlainText.OfLines(Prefix + text));
        }
    }
}
