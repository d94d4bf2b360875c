using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Reporting;

/// <summary>How much a line of a log matters.</summary>
internal enum LineWeight
{
    /// <summary>For somebody who looks for a fault.</summary>
    Detail,

    /// <summary>For somebody who wants to know what happens.</summary>
    Progress,

    /// <summary>For everybody.</summary>
    Result,
}

/// <summary>
/// Tells in words what happens. Whatever a name or a server's message holds is text here and nothing else: everything is made plain at
/// the last moment.
/// </summary>
/// <param name="database">Which of several databases it is that something happens to.</param>
internal abstract class RunLog(string? database) : IRunObserver
{
    /// <summary>Which of several databases it is.</summary>
    protected string? Database => database;

    // Of several databases that are at work at the same time.
    private string Prefix => database is null ? "" : $"{database}: ";

    public void Write(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic);
        }
    }

    /// <summary>A line that a pipeline's agent looks for in the output, and which must not be changed.</summary>
    public abstract void WriteCommand(string command);

    /// <summary>The result, of a project that is named, as text of several lines.</summary>
    public abstract void WriteResult(string text);

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
            Write(LineWeight.Detail, $"{cause.GetType().FullName}\n{cause.StackTrace}\n{string.Join('\n', PlacesOf(cause))}");
        }
    }

    public abstract IRunObserver ForDatabase(string database);

    public void Connected(string target) => WentOn(LineWeight.Detail, $"Connected to {PlainText.Of(target)}.");

    public void WaitingForServer(string target, string reason) =>
        Waits(null, $"Waiting for {PlainText.Of(target)}: {PlainText.Of(reason)}");

    public void Planned(MigrationPlan plan)
    {
        foreach (var entry in plan.Entries.Where(entry => entry.HasEditedComments))
        {
            Write(LineWeight.Progress, $"{PlainText.Of(entry.Name)} is applied; only its comments or white space were edited since.");
        }

        Write(LineWeight.Progress, plan.IsEmpty ? "Nothing to apply." : $"{Wording.Of(plan.Steps.Count, "migration")} to apply.");
    }

    public void RollbackPlanned(RollbackPlan plan) =>
        Write(LineWeight.Progress, plan.Steps.Count == 0 ? "Nothing to roll back." : $"{Wording.Of(plan.Steps.Count, "migration")} to roll back.");

    public void Started(MigrationScript script) =>
        WentOn(LineWeight.Detail, $"{(script is RollbackScript ? "Rolling back" : "Applying")} {PlainText.Of(script.Name)} …", butOf: script);

    public void StillRunning(MigrationScript script, TimeSpan elapsed) =>
        Waits(script, $"{PlainText.Of(script.Name)} is still running after {Wording.Of(elapsed)} …");

    public void Resumed(MigrationScript script, int statement, string reason) =>
        Waits(script, $"{PlainText.Of(script.Name)} continues at statement {statement}: {PlainText.Of(reason)}");

    public void Waiting(MigrationScript script, string reason) =>
        Waits(script, $"{PlainText.Of(script.Name)}: {PlainText.Of(reason)}");

    public void Applied(Migration migration, TimeSpan duration) =>
        WentOn(LineWeight.Progress, $"Applied {PlainText.Of(migration.Name)} in {Wording.Of(duration)}.");

    public void Tried(Migration migration, TimeSpan duration) =>
        WentOn(LineWeight.Progress, $"Tried {PlainText.Of(migration.Name)} in {Wording.Of(duration)}.");

    public void RolledBack(RollbackScript rollback, TimeSpan duration) =>
        WentOn(LineWeight.Progress, $"Rolled back {PlainText.Of(rollback.Name)} in {Wording.Of(duration)}.");

    public void Noticed(MigrationScript? script, string text) =>
        Write(LineWeight.Detail, script is null ? PlainText.Of(text) : $"{PlainText.Of(script.Name)}: {PlainText.Of(text)}");

    public void Warned(Diagnostic warning) => Write(warning);

    /// <summary>Tells of a problem.</summary>
    protected abstract void Write(Diagnostic diagnostic);

    /// <summary>Writes lines.</summary>
    /// <param name="weight">How much they matter.</param>
    /// <param name="text">The lines, plain but for their breaks.</param>
    protected abstract void WriteLines(LineWeight weight, string text);

    /// <summary>Something is waited for; whoever watches sees it as long as it is.</summary>
    /// <param name="script">What waits.</param>
    /// <param name="text">For what.</param>
    protected virtual void Waits(MigrationScript? script, string text) => Write(LineWeight.Result, text);

    /// <summary>It is not waited for any more.</summary>
    /// <param name="butOf">What goes on to be waited for: it is tried again.</param>
    protected virtual void WentOn(MigrationScript? butOf)
    {
    }

    protected string WithDatabase(string text) => Prefix + text;

    private void WentOn(LineWeight weight, string text, MigrationScript? butOf = null)
    {
        WentOn(butOf);
        Write(weight, text);
    }

    protected void Write(LineWeight weight, string text) => WriteLines(weight, PlainText.OfLines(Prefix + text));

    // The package's symbols, which are in a package of their own, make lines of these.
    private static IEnumerable<string> PlacesOf(Exception exception) =>
        from frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames()
        let method = frame.GetMethod()
        where method?.Module.Name.StartsWith("MigrationTasks", StringComparison.Ordinal) == true
        select $"   {method.DeclaringType}.{method.Name}: token {method.MetadataToken:x8}, offset {frame.GetILOffset():x}";
}
