using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>
/// How a run is said to MySQL. Until the end the row of a migration says <c>running</c>, in a transaction too: should that be ended by
/// something that cannot be seen from outside, such as a trigger, then nobody takes the migration for applied.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="history">The history.</param>
/// <param name="lease">What the session works under in a cluster.</param>
internal sealed class MySqlCommands(MySqlConfig config, MySqlHistory history, SessionLease? lease = null) : CommandLanguage(history)
{
    public override HistoryStatus ClaimStatus => HistoryStatus.Running;

    public override string Begin => "START TRANSACTION";

    public override string Commit => SessionState.Commit;

    public override string SelectForClaim => history.SelectForUpdate;

    public override Journal CreateJournal() => new MySqlJournal();

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin or FramePart.BeginClaim when unit.HasRow => [$"{SessionState.ForClaim(config)}; {Begin}"],
        FramePart.Begin => [SessionState.ForClaim(config), Begin],
        FramePart.Prepare => [SessionState.ForStatements(unit.Script, config)],
        FramePart.Check => [SessionState.ForRecord],
        FramePart.Commit => [.. Fence, CommitTransaction],
        FramePart.BeginClaim => [SessionState.ForClaim(config), .. BeginFenced],
        FramePart.EndClaim when unit.HasRow => [.. Fence, Commit],
        FramePart.BeginStatement => [Begin],
        FramePart.PrepareEntry => Fence,
        FramePart.EndStatement => [CommitTransaction],
        FramePart.BeginEntry => BeginFenced,
        FramePart.BeginRecord or FramePart.BeginFailure => ["UNLOCK TABLES", SessionState.ForRecord, .. BeginFenced],
        FramePart.EndClaim or FramePart.EndEntry or FramePart.EndRecord => lease is { IsHeld: true } ? [Commit] : [],
        FramePart.CommitEntry => [Commit],
        _ => [],
    };

    private FrameCommand CommitTransaction => new(Commit, CommandPurpose.Commit);

    // The server refuses it when the lease is not this run's any more.
    private IEnumerable<FrameCommand> Fence => (lease?.Fence ?? []).Select(FrameCommand.FromString);

    // What is committed by itself needs no transaction but in a cluster.
    private IEnumerable<FrameCommand> BeginFenced => lease is { IsHeld: true } ? [Begin, .. Fence] : [];

    private sealed class MySqlJournal : Journal
    {
        protected override bool LocksTables(ScriptStatement statement) => StatementText.LocksTables(statement.Text);

        protected override bool UnlocksTables(ScriptStatement statement) => StatementText.EndsTableLocks(statement);

        protected override bool MayHoldBackCommits(ScriptStatement statement) => StatementText.MayHoldBackCommits(statement);
    }
}
