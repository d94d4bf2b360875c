using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Undoes migrations whose rollback runs in a transaction, each with the removal of its history row.</summary>
internal sealed class PipelinedRollback(WorkSession session)
    : PipelinedRun<RollbackScript>(session)
{
    // The row is looked at after the wait for the lock, and must be seen as it is then.
    protected override string Begin => SessionState.BeginFresh;

    protected override string Outcome => Consequence.NotUndone;

    protected override void AddClaim(PostgreSqlBatch batch, CommandOrigin origin, RollbackScript script) =>
        batch.Add(origin, History.RemoveNewest, PostgreSqlHistory.NewestOf(script));

    protected override void AddRecord(PostgreSqlBatch batch, CommandOrigin origin, RollbackScript script)
    {
        batch.Add(origin, History.Touch);
        Follow(batch, origin, () => SupabaseHistory.Remove(script.Name));
    }

    protected override Task<ApplyOutcome?> ExplainAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation) => (origin.Purpose, exception.SqlState) switch
    {
        (CommandPurpose.Claim, PostgresErrorCodes.DivisionByZero) => Task.FromResult<ApplyOutcome?>(ApplyOutcome.Superseded),
        (CommandPurpose.Record, PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName) =>
            throw Errors.HistoryUnusable(History.Name.ToString(), $"the rollback of {origin.Script.Name} removes it, and nobody would know what is applied. {Outcome} Take that out of the rollback.", exception),
        _ => Task.FromResult<ApplyOutcome?>(null),
    };
}
