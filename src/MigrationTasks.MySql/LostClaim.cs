using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// A claim that failed: as a rule another runner's row is there already. But a table that an earlier tool made may have
/// constraints or triggers of its own, and to take those for another runner would be to try again for ever.
/// </summary>
internal static class LostClaim
{
    /// <summary>Whether a claim failed as it does when another runner was faster.</summary>
    public static bool Is(CommandFailure failure) => failure.Origin.Purpose == CommandPurpose.Claim && failure.Refusal.ErrorCode == MySqlErrorCode.DuplicateKeyEntry;

    /// <returns><see cref="ApplyOutcome.Superseded"/> when another runner has the migration.</returns>
    /// <exception cref="MigrationException">MIG3007 when nobody has it.</exception>
    public static async Task<ApplyOutcome> ExplainAsync(WorkSession session, MigrationStep step, MySqlException? refusal, CancellationToken cancellation)
    {
        var name = (step.Resume?.Row ?? step.Before)?.Name ?? step.Migration.Name;
        var (columns, rows) = await MySqlRows.ReadAsync(session.Connection, session.History.SelectRow(name), cancellation).ConfigureAwait(false);
        var row = HistorySchema.Read(session.History.Name, columns, rows).Rows is [var found, ..] ? found : null;
        var isSame = step switch
        {
            { Resume: { } resume } => row is { Status: HistoryStatus.Running or HistoryStatus.Failed } && row.StatementsDone == resume.StatementsDone,
            { Before: { } before } => row is not null && row.Checksum == before.Checksum,
            _ => row is null,
        };
        return isSame ? throw Errors.HistoryUnusable(session.History.Name.ToString(), ProblemOf(step, refusal), refusal) : ApplyOutcome.Superseded;
    }

    private static string ProblemOf(MigrationStep step, MySqlException? refusal) => refusal is null
        ? $"its row for {step.Migration.Name} cannot be changed. Remove the trigger that keeps it as it is, and run again."
        : $"one of its keys refuses a row for {step.Migration.Name}: {ServerErrors.Describe(refusal)} Remove that key and run again.";
}
