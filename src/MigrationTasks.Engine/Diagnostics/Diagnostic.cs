namespace MigrationTasks.Engine.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> weighs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The run goes on.</summary>
    Warning,

    /// <summary>The run stops, or does not start.</summary>
    Error,
}

/// <summary>What is wrong, where, and what to do next, under a code that can be searched for.</summary>
/// <param name="Severity">Whether the run stops.</param>
/// <param name="Code">The code, such as <c>MIG4005</c>; the README beside this file lists them all.</param>
/// <param name="Message">The cause and the next step, without any secret.</param>
/// <param name="Location">Where, as exactly as it is known.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, SourceLocation Location)
{
    /// <summary>The diagnostic as a compiler would print it.</summary>
    public override string ToString()
    {
        var place = PlainText.Of(Location.ToString());
        var severity = Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return place.Length == 0 ? $"{severity} {Code}: {Message}" : $"{place}: {severity} {Code}: {Message}";
    }
}
