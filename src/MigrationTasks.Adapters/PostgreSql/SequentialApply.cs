using System.Diagnostics;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Applies one migration that runs outside a transaction. Its row says <c>running</c> before the first statement.</summary>
internal sealed class SequentialApply(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress, CopyImport copies, MigrationStep step)
    : SequentialRun<Migration>(connection, config, history, progress, copies)
{
    private long _startedAt;

    public Task<ApplyOutcome> RunAsync(CancellationToken cancellation) => RunAsync(step.Migration, cancellation);

    protected override async Task<ApplyOutcome?> ClaimAsync(Migration script, CancellationToken cancellation)
    {
        try
        {
            await (step.Before is { } before
                ? ExecuteAsync(History.Reclaim, cancellation, PostgreSqlHistory.ReclaimOf(script, "running", before))
                : ExecuteAsync(History.Claim, cancellation, PostgreSqlHistory.ClaimOf(script, "running"))).ConfigureAwait(false);
            _startedAt = Stopwatch.GetTimestamp();
            return null;
        }
        catch (PostgresException exception) when (LostClaim.Is(exception, step))
        {
            return await LostClaim.ExplainAsync(Connection, History, step, exception, cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw StatementErrors.Translate(exception, new CommandOrigin(script, CommandPurpose.Claim), Config, "");
        }
    }

    protected override Task RecordDoneAsync(Migration script, CancellationToken cancellation) => RecordEndAsync(script, "applied", cancellation);

    protected override Task RecordFailedAsync(Migration script, int done) => RecordEndAsync(script, "failed", CancellationToken.None);

    protected override string Standing(int done) => done switch
    {
        0 => "No statement of the migration was completed.",
        1 => "It runs outside a transaction: its first statement stands.",
        _ => $"It runs outside a transaction: its first {done} statements stand, but for those of a transaction that the file itself had open.",
    };

    private Task<int> RecordEndAsync(Migration script, string status, CancellationToken cancellation) =>
        ExecuteAsync(History.RecordEnd, cancellation, script.Name, status, (long)Stopwatch.GetElapsedTime(_startedAt).TotalMilliseconds);
}
