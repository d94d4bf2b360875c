using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.DryRun;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a dry run found, in one line.</summary>
internal static class DryRunSummary
{
    /// <summary>The outcome: <c>3 migrations would be applied, by the script /home/ann/Shop/obj/migrations-sqlite.sql</c>.</summary>
    public static string Outcome(DryRunReport report) => report switch
    {
        { Succeeded: false, Pending: 0 } => "failed, nothing written",
        { Succeeded: false } => $"failed, nothing written, {report.Pending} pending",
        { Scripted.Count: 0 } => $"up to date ({report.AlreadyApplied} applied), so that the script does nothing: {PlainText.Of(report.ScriptFile)}",
        _ => $"{Wording.Of(report.Scripted.Count, "migration")} would be applied, by the script {PlainText.Of(report.ScriptFile)}",
    };
}
