using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// A claim that the history refused. As a rule another run's row is there already. But a table that an earlier tool made may have
/// constraints or triggers of its own, and to take those for another run would be to try again for ever.
/// </summary>
internal static class ClaimConflict
{
    /// <summary>Finds out which it is.</summary>
    /// <param name="session">The session, with no transaction open.</param>
    /// <param name="unit">What was claimed.</param>
    /// <param name="failure">What the database said; <see langword="null"/> when the claim changed no row.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns><see cref="ApplyOutcome.Superseded"/> when another run has the migration.</returns>
    /// <exception cref="MigrationException">MIG3007 when nobody has it.</exception>
    public static async Task<ApplyOutcome> JudgeAsync(ScriptSession session, ScriptUnit unit, DatabaseFailure? failure, CancellationToken cancellation)
    {
        var history = session.Language.History;
        var name = (unit.Resume?.Row ?? unit.Step?.Before)?.Name ?? unit.RowName;
        var found = await session.QueryAsync(history.SelectRow(name), cancellation).ConfigureAwait(false);
        var row = HistorySchema.Read(history.Name, found.Columns, found.Rows).Rows is [var first, ..] ? first : null;
        var isAsRead = unit switch
        {
            { Rollback: not null } => false,
            { Resume: { } resume } => row is { Status: HistoryStatus.Running or HistoryStatus.Failed } && row.StatementsDone == resume.StatementsDone,
            { Step.Before: { } before } => row is not null && row.Checksum == before.Checksum,
            _ => row is null,
        };
        return isAsRead
            ? throw Errors.HistoryUnusable(history.Name.ToString(), session.ReasonOfRefusal(unit, failure), failure?.Cause)
            : ApplyOutcome.Superseded;
    }
}
