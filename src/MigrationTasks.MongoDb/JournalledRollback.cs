using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.MongoDb;

/// <summary>Undoes a migration outside a transaction; its row says <c>undoing</c> before the first command, and goes after the last.</summary>
internal sealed class JournalledRollback(MongoDbRun run, RollbackScript script, bool hasTransactions)
    : JournalledRun<RollbackScript>(run, script, script.Name, hasTransactions)
{
    protected override async Task<bool> ClaimAsync(CancellationToken cancellation) =>
        Script.IsNewestOf(await History.ReadAsync(cancellation).ConfigureAwait(false)) && await History.MarkUndoingAsync(RowName, Owner, cancellation).ConfigureAwait(false);

    protected override Task<bool> RecordProgressAsync(int done, string checksum, CancellationToken cancellation) => History.AdvanceAsync(RowName, Owner, done, null, cancellation);

    protected override Task<bool> RecordDoneAsync(TimeSpan duration, CancellationToken cancellation) => History.RemoveAsync(RowName, Owner, cancellation);

    // Before the first command, the migration is what it was.
    protected override Task<bool> RecordFailedAsync(int standing, CancellationToken cancellation) =>
        standing > 0 ? History.EndAsync(RowName, Owner, HistoryStatus.UndoFailed, cancellation) : History.RestoreAsync(Script.Row, Owner, cancellation);

    protected override void TellDone(TimeSpan duration) => Run.Observer.RolledBack(Script, duration);

    protected override string ConsequenceOf(int standing) => Consequence.OfRollback(standing, "command");
}
