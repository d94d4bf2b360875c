using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Applies one migration that runs outside a transaction, or the rest of one. Its row says <c>running</c> before the first statement.</summary>
internal sealed class SequentialApply(WorkSession session, MigrationStep step)
    : SequentialRun<Migration>(session)
{
    private string RowName => step.Resume?.Row.Name ?? step.Migration.Name;

    protected override ResumePoint? Resume => step.Resume;

    public Task<ApplyOutcome> RunAsync(CancellationToken cancellation) => RunAsync(step.Migration, cancellation);

    protected override HistoryCommand Claim(Migration script) => step switch
    {
        { Resume: { } resume } => new HistoryCommand(History.Resume, RowName, resume.StatementsDone, script.Checksum),
        { Before: { } before } => new HistoryCommand(History.Reclaim, PostgreSqlHistory.ReclaimOf(script, "running", before)),
        _ => new HistoryCommand(History.Claim, PostgreSqlHistory.ClaimOf(script, "running")),
    };

    protected override async Task<ApplyOutcome?> ExplainAsync(Migration script, PostgresException exception, CancellationToken cancellation) =>
        LostClaim.Is(exception, step)
            ? await LostClaim.ExplainAsync(Session, step, exception, cancellation).ConfigureAwait(false)
            : null;

    protected override HistoryCommand RecordProgress(Migration script, int done, string checksum) => new(History.RecordProgress, RowName, done, checksum);

    protected override HistoryCommand RecordDone(Migration script)
    {
        object?[] values = [.. PostgreSqlHistory.ClaimOf(script, "applied"), (long)Elapsed.TotalMilliseconds];
        values[0] = RowName;
        return new HistoryCommand(History.RecordApplied, values);
    }

    protected override HistoryCommand? Follow(Migration script) => SupabaseHistory.Record(script);

    protected override HistoryCommand? RecordFailed(Migration script, int done) => new(History.RecordEnd, RowName, "failed", (long)Elapsed.TotalMilliseconds);

    protected override string ConsequenceOf(int done) => Consequence.OfMigration(done);
}
