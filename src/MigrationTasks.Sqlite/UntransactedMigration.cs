using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Applies a migration with <c>-- Transaction: none</c>; its row says <c>running</c> before the first statement.</summary>
internal sealed class UntransactedMigration(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, MigrationStep step, IRunObserver observer)
    : UntransactedRun<Migration>(session, config, history, step.Migration, observer)
{
    private readonly SqliteJournal _journal = new(session, history, step.Resume?.Row.Name ?? step.Migration.Name);

    protected override ResumePoint? Resume => step.Resume;

    protected override bool Claim(CancellationToken cancellation) =>
        Resume is { } resume ? _journal.Resume(Script, resume.StatementsDone, cancellation) : History.Claim(Session, step, "running", cancellation);

    protected override void RecordProgress(int done, string checksum) => _journal.Advance(done, checksum);

    protected override void RecordDone(TimeSpan duration) => _journal.Finish(Script, duration);

    protected override void RecordFailed(int standing) => _journal.Fail();

    protected override void TellDone(TimeSpan duration) => Observer.Applied(Script, duration);

    protected override string ConsequenceOf(int standing) => Consequence.OfMigration(standing);
}
