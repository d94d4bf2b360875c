using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Where migrations stand, as an aligned table for each database: migration, state, when, how long.</summary>
public static class StatusTable
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<StatusReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return string.Join("\n  ", reports.Where(report => report.Database.Length > 0).Select(Lines));
    }

    private static string Lines(StatusReport report)
    {
        var title = RunSummary.Title(report.Database, report.Target);
        if (!report.Succeeded)
        {
            return $"{title}: status unknown";
        }

        var table = new TextTable("    ");
        if (report.Entries.Count > 0)
        {
            table.Add("Migration", "State", "When (UTC)", "Took");
        }

        foreach (var entry in report.Entries)
        {
            table.Add(
                PlainText.Of(entry.Name),
                Wording.Of(entry),
                entry.Row?.ExecutedAt is { } when ? Wording.Of(when) : "",
                entry.Row?.Duration is { } duration ? Wording.Of(duration) : "");
        }

        return string.Join('\n', table.Lines().Prepend($"{title}: {report.Entries.Count(IsApplied)} applied, {report.Pending} pending"));
    }

    private static bool IsApplied(PlanEntry entry) =>
        entry.State is MigrationState.Applied or MigrationState.Edited or MigrationState.Missing;
}
