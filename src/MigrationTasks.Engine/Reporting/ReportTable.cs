using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Status;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command dealt with on one database, as the table of a report.</summary>
/// <param name="Headings">What its columns are.</param>
/// <param name="Rows">The cells of each row, as many as there are headings.</param>
internal sealed record ReportTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The heading of a column that holds durations, and is aligned as numbers are.</summary>
    public const string Time = "Time";

    /// <summary>The table of a report.</summary>
    /// <param name="report">The report.</param>
    public static ReportTable Of(DatabaseReport report) => report switch
    {
        BaselineReport baseline => new(["Migration"], [.. BaselineSummary.Rows(baseline)]),
        RepairReport repair => new(["Migration", "Repair", "Property"], [.. RepairSummary.Rows(repair)]),
        ImportReport import => new(["Entry", "Migration", "Outcome"], [.. ImportSummary.Rows(import)]),
        StatusReport => OfMigrations(report, "State"),
        _ => OfMigrations(report, Time),
    };

    private static ReportTable OfMigrations(DatabaseReport report, string heading) =>
        new(["Migration", heading], [.. RunSummary.Migrations(report).Select(migration => new[] { migration.Name, migration.Time })]);
}
