using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Rollback;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Undoes one migration whose rollback runs outside a transaction. Its row says <c>undoing</c> before the first statement, and goes after the last.</summary>
internal sealed class SequentialRollback(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress, CopyImport copies)
    : SequentialRun<RollbackScript>(connection, config, history, progress, copies)
{
    protected override async Task<ApplyOutcome?> ClaimAsync(RollbackScript script, CancellationToken cancellation)
    {
        try
        {
            var rows = await ExecuteAsync(History.BeginUndoing, cancellation, script.Name, script.Version.ToString()).ConfigureAwait(false);
            return rows == 0 ? ApplyOutcome.Superseded : null;
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw StatementErrors.Translate(exception, new CommandOrigin(script, CommandPurpose.Claim), Config, "");
        }
    }

    protected override Task RecordDoneAsync(RollbackScript script, CancellationToken cancellation) =>
        ExecuteAsync(History.Delete, cancellation, script.Name);

    // Of what stopped after some statements, the row says so already.
    protected override Task RecordFailedAsync(RollbackScript script, int done) => done > 0
        ? Task.CompletedTask
        : ExecuteAsync(History.EndUndoing, CancellationToken.None, script.Name, HistorySchema.TextOf(script.Row.Status), script.Row.StatementsDone);

    protected override string Standing(int done) => done switch
    {
        0 => "No statement of the rollback was completed: the migration is applied as before.",
        1 => "The rollback runs outside a transaction: its first statement stands. The next run says how to go on.",
        _ => $"The rollback runs outside a transaction: its first {done} statements stand, but for those of a transaction that it had open itself. The next run says how to go on.",
    };
}
