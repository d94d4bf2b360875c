using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Warnings that are found before a command changes anything. One that the project raises to an error stops the command while
/// nothing is done yet: a build that fails must not have migrated.
/// </summary>
/// <param name="isError">Whether the project raises the warning of a code to an error.</param>
/// <param name="warned">Is given the warnings that stay warnings.</param>
internal sealed class ForeseenWarnings(Func<string, bool> isError, Action<Diagnostic> warned)
{
    private readonly List<Diagnostic> _raised = [];

    /// <summary>What was raised to an error so far.</summary>
    public IReadOnlyList<Diagnostic> Raised => _raised;

    /// <summary>Tells a warning, or keeps it as the error that it is raised to.</summary>
    public void Add(Diagnostic warning)
    {
        if (!isError(warning.Code))
        {
            warned(warning);
        }
        else if (warning with { Severity = DiagnosticSeverity.Error } is var error && !_raised.Contains(error))
        {
            _raised.Add(error);
        }
    }

    /// <summary>Tells warnings, or keeps them as the errors that they are raised to.</summary>
    public void AddRange(IEnumerable<Diagnostic> warnings)
    {
        foreach (var warning in warnings)
        {
            Add(warning);
        }
    }

    /// <summary>Stops the command if anything is in its way.</summary>
    /// <param name="errors">What else stops it, told first.</param>
    /// <exception cref="MigrationException">With these errors, and the warnings that were raised to errors.</exception>
    public void Check(IReadOnlyList<Diagnostic>? errors = null)
    {
        List<Diagnostic> all = [.. errors ?? [], .. _raised];
        if (all.Count > 0)
        {
            throw new MigrationException(all);
        }
    }
}
