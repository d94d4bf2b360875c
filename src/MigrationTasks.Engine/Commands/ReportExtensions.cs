using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands;

/// <summary>For programs that want an exception where a build has errors in its log.</summary>
public static class ReportExtensions
{
    /// <summary>Makes sure that a command did all that it was asked to, on every database.</summary>
    /// <param name="reports">What it did.</param>
    /// <returns>The reports.</returns>
    /// <exception cref="MigrationException">With all errors of all databases, when there are any.</exception>
    public static IReadOnlyList<TReport> EnsureSucceeded<TReport>(this IReadOnlyList<TReport> reports)
        where TReport : DatabaseReport
    {
        ArgumentNullException.ThrowIfNull(reports);
        List<Diagnostic> errors = [.. reports.SelectMany(report => report.Errors)];
        return errors.Count == 0 ? reports : throw new MigrationException(errors);
    }
}
