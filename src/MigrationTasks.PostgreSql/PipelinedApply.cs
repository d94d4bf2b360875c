using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Applies migrations that run in a transaction, each with its history row.</summary>
internal sealed class PipelinedApply(WorkSession session)
    : PipelinedRun<Migration>(session)
{
    private Dictionary<MigrationScript, MigrationStep> _steps = [];

    protected override string Begin => "BEGIN";

    protected override string Outcome => Consequence.RolledBack;

    /// <param name="steps">What to apply, in order.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    public Task<ApplyOutcome> RunAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        _steps = steps.ToDictionary(MigrationScript (step) => step.Migration);
        return RunAsync([.. steps.Select(step => step.Migration)], cancellation);
    }

    protected override void AddClaim(PostgreSqlBatch batch, CommandOrigin origin, Migration script)
    {
        if (_steps[script].Before is { } before)
        {
            batch.Add(origin, History.Reclaim, PostgreSqlHistory.ReclaimOf(script, "applied", before));
        }
        else
        {
            batch.Add(origin, History.Claim, PostgreSqlHistory.ClaimOf(script, "applied"));
        }
    }

    protected override void AddRecord(PostgreSqlBatch batch, CommandOrigin origin, Migration script)
    {
        batch.Add(origin, History.RecordDuration, script.Name);
        Follow(batch, origin, () => SupabaseHistory.Record(script));
    }

    protected override async Task<ApplyOutcome?> ExplainAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation) =>
        origin.Purpose == CommandPurpose.Claim && LostClaim.Is(exception, _steps[origin.Script])
            ? await LostClaim.ExplainAsync(Session, _steps[origin.Script], exception, cancellation).ConfigureAwait(false)
            : null;
}
