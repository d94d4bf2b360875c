using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a dry run found, in one line.</summary>
internal static class DryRunSummary
{
    /// <summary>The outcome: <c>3 migrations would be applied, by the script /home/ann/Shop/obj/migrations-sqlite.sql</c>.</summary>
    public static string Outcome(DryRunReport report) => report.Mode == DryRunMode.Script ? OfScript(report) : OfRollback(report);

    /// <summary>The migrations that it dealt with, and how long they took, or why they were not tried.</summary>
    public static IReadOnlyList<(string Name, string Time)> Migrations(DryRunReport report) =>
    [
        .. report.Scripted.Select(name => (name, "")),
        .. report.Tried.Select(migration => (migration.Name, Wording.Of(migration.Duration))),
        .. report.Untried.Select(migration => (migration.Name, $"not tried: {PlainText.Of(migration.Reason)}")),
    ];

    private static string OfRollback(DryRunReport report)
    {
        var tried = $"{Wording.Of(report.Tried.Count, "migration")} tried in {Wording.Of(report.Duration)} and rolled back";
        return report switch
        {
            { Succeeded: false, Tried.Count: 0, Pending: 0 } => "failed, nothing tried",
            { Succeeded: false } => $"failed after {tried}, {report.Pending - report.Tried.Count} pending",
            _ when report.Pending == report.Empty => UpToDate(report),
            { Untried.Count: > 0 } => $"{tried}, {report.Untried.Count} not tried{MigrationWording.OfEmpty(report.Empty)}",
            _ => tried + MigrationWording.OfEmpty(report.Empty),
        };
    }

    private static string OfScript(DryRunReport report) => report switch
    {
        { Succeeded: false, Pending: 0 } => "failed, nothing written",
        { Succeeded: false } => $"failed, nothing written, {report.Pending} pending",
        { Scripted.Count: 0 } => $"{UpToDate(report)}, so the script does nothing: {PlainText.Of(report.ScriptFile)}",
        _ => $"{Wording.Of(report.Scripted.Count, "migration")} would be applied{MigrationWording.OfEmpty(report.Empty)}, by the script {PlainText.Of(report.ScriptFile)}",
    };

    private static string UpToDate(DryRunReport report) =>
        $"{(report.Empty == 0 ? "up to date" : "nothing to apply")} ({report.AlreadyApplied} applied){MigrationWording.OfEmpty(report.Empty)}";
}
