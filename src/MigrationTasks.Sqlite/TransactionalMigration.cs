using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Applies a migration and its history row in one transaction.</summary>
internal sealed class TransactionalMigration(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, MigrationStep step, IRunObserver observer)
    : TransactionalRun<Migration>(session, config, history, observer)
{
    protected override FailedScript Failed => FailedScript.Migration;

    public ApplyOutcome Run(CancellationToken cancellation) => Run(step.Migration, cancellation);

    protected override bool Claim(Migration script, CancellationToken cancellation) => History.Claim(Session, step, "applied", cancellation);

    protected override void Record(Migration script, TimeSpan duration, CancellationToken cancellation) => History.Finish(Session, script, duration, cancellation);

    protected override void TellDone(Migration script, TimeSpan duration) => Observer.Applied(script, duration);
}
