using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.MongoDb;

/// <summary>Applies a migration outside a transaction; its row says <c>running</c> before the first command.</summary>
internal sealed class JournalledMigration(MongoDbRun run, MigrationStep step, bool hasTransactions)
    : JournalledRun<Migration>(run, step.Migration, step.Resume?.Row.Name ?? step.Migration.Name, hasTransactions)
{
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;

    protected override ResumePoint? Resume => step.Resume;

    protected override Task<bool> ClaimAsync(CancellationToken cancellation) => step.Resume is { } resume
        ? History.ResumeAsync(Script, resume.Row, Owner, cancellation)
        : History.ClaimAsync(step, HistoryStatus.Running, Owner, cancellation);

    protected override Task<bool> RecordProgressAsync(int done, string checksum, CancellationToken cancellation) =>
        History.AdvanceAsync(RowName, Owner, done, checksum, cancellation);

    protected override Task<bool> RecordDoneAsync(TimeSpan duration, CancellationToken cancellation) =>
        History.FinishAsync(RowName, Owner, Script, _startedAt, duration, cancellation);

    protected override Task<bool> RecordFailedAsync(int standing, CancellationToken cancellation) => History.EndAsync(RowName, Owner, HistoryStatus.Failed, cancellation);

    protected override void TellDone(TimeSpan duration) => Run.Observer.Applied(Script, duration);

    protected override string ConsequenceOf(int standing) => Consequence.OfMigration(standing, "command");
}
