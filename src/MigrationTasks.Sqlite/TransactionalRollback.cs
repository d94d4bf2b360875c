using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Undoes a migration and removes its history row in one transaction.</summary>
internal sealed class TransactionalRollback(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, IRunObserver observer)
    : TransactionalRun<RollbackScript>(session, config, history, observer)
{
    protected override FailedScript Failed => FailedScript.Rollback;

    protected override bool Claim(RollbackScript script, CancellationToken cancellation) =>
        script.IsNewestOf(History.Read(Session, cancellation)) && History.Remove(Session, script);

    protected override void Record(RollbackScript script, TimeSpan duration, CancellationToken cancellation)
    {
        if (!History.Exists(Session, cancellation))
        {
            throw Errors.HistoryUnusable(History.Name, $"the rollback of {script.Name} removes it, and nobody would know what is applied. {Failed.Consequence} Take that out of the rollback.");
        }
    }

    protected override void TellDone(RollbackScript script, TimeSpan duration) => Observer.RolledBack(script, duration);
}
