namespace MigrationTasks.Engine.Diagnostics;

/// <summary>
/// Every problem that MigrationTasks reports, one method a code. MIG1xxx is configuration, MIG2xxx migration files,
/// MIG3xxx the history, MIG4xxx the database, MIG5xxx lint, MIG6xxx the schema, MIG9xxx a bug of ours. Each message says what is wrong and what to do next.
/// </summary>
/// <remarks>MIG1001 and MIG1002 (MSBuild or the SDK is too old) are raised by <c>MigrationTasks.targets</c>.</remarks>
internal static partial class Errors
{
    private const string Complete = "Run again to complete.";

    /// <summary>MIG9001: something threw that nothing should have thrown.</summary>
    /// <param name="cause">What was thrown. Only its type goes on: its text may quote whatever was being worked on, secrets included.</param>
    public static MigrationException Internal(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return Error("MIG9001", $"Internal error ({cause.GetType().FullName}). This is a bug in MigrationTasks, not in your project: please report it with the stack trace that 'dotnet build -v:detailed' prints. Applied migrations are in the history; running again is safe.");
    }

    private static string Suggestion(string text, IEnumerable<string> known) =>
        Spelling.Nearest(text, known) is { } nearest ? $" Do you mean {PlainText.Of(nearest)}?" : "";

    private static Diagnostic Problem(string code, string message, SourceLocation location = default) =>
        new(DiagnosticSeverity.Error, code, message, location);

    private static Diagnostic Warning(string code, string message, SourceLocation location = default) =>
        new(DiagnosticSeverity.Warning, code, message, location);

    private static MigrationException Error(string code, string message, SourceLocation location = default, Exception? cause = null) =>
        new(Problem(code, message, location), cause);
}
