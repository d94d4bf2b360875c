using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Applies migrations that run in a transaction, each with its history row.</summary>
internal sealed class PipelinedApply(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress, LockRetries retries)
    : PipelinedRun<Migration>(connection, config, history, progress, retries)
{
    protected override string Begin => "BEGIN";

    protected override string Consequence => "The migration was rolled back.";

    protected override void AddClaim(PostgreSqlBatch batch, CommandOrigin origin, Migration script) =>
        batch.Add(origin, History.Claim, PostgreSqlHistory.ClaimOf(script, "applied"));

    protected override void AddRecord(PostgreSqlBatch batch, CommandOrigin origin, Migration script) =>
        batch.Add(origin, History.RecordDuration, script.Name);

    protected override async Task<ApplyOutcome?> ExplainAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation) =>
        (origin.Purpose, exception.SqlState) == (CommandPurpose.Claim, PostgresErrorCodes.UniqueViolation)
            ? await LostClaim.ExplainAsync(Connection, History, origin.Script, exception, cancellation).ConfigureAwait(false)
            : null;
}
