using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Reporting;

/// <summary>A run as plain text: a line for each database, and below it a line for each migration that was applied.</summary>
public static class RunSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<RunReport> reports) =>
        DatabaseLines.Of(reports, Outcome, report => report.Applied.Select(migration => new[] { PlainText.Of(migration.Name), Wording.Of(migration.Duration) }));

    /// <summary>The result of one database in one line: <c>sqlite app.db: 3 migrations applied in 41 ms</c>.</summary>
    /// <param name="report">The report of the database.</param>
    public static string Result(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"{Title(report.Database, report.Target)}: {Outcome(report)}";
    }

    /// <summary>A database's kind and name.</summary>
    internal static string Title(string database, string target) => PlainText.Of($"{database} {target}");

    private static string Outcome(RunReport report)
    {
        var applied = $"{Wording.Of(report.Applied.Count, "migration")} applied in {Wording.Of(report.Duration)}";
        return report switch
        {
            { Succeeded: false, Applied.Count: 0, Pending: 0 } => "failed, nothing applied",
            { Succeeded: false, Applied.Count: 0 } => $"failed, nothing applied, {report.Pending} pending",
            { Succeeded: false } => $"failed after {applied}, {report.Pending} pending",
            { Applied.Count: 0 } => $"up to date ({report.AlreadyApplied} applied)",
            _ => applied,
        };
    }
}
