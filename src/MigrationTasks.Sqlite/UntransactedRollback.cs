using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Undoes a migration outside a transaction; its row says <c>undoing</c> before the first statement, and goes after the last.</summary>
internal sealed class UntransactedRollback(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, RollbackScript script, IRunObserver observer)
    : UntransactedRun<RollbackScript>(session, config, history, script, observer)
{
    // Looked at and marked under one lock of the database.
    protected override bool Claim(CancellationToken cancellation)
    {
        Session.Begin(cancellation);
        try
        {
            if (!Script.IsNewestOf(History.Read(Session, cancellation)))
            {
                return false;
            }

            History.Mark(Session, Script, HistoryStatus.Undoing, 0);
            Session.Commit(cancellation);
            return true;
        }
        finally
        {
            Session.Rollback();
        }
    }

    protected override void RecordProgress(int done, string checksum) => History.Mark(Session, Script, HistoryStatus.Undoing, done);

    protected override void RecordDone(TimeSpan duration) => History.Remove(Session, Script);

    // Before the first statement, the migration is what it was.
    protected override void RecordFailed(int standing) => History.Mark(
        Session,
        Script,
        standing > 0 ? HistoryStatus.UndoFailed : Script.Row.Status,
        standing > 0 ? standing : Script.Row.StatementsDone);

    protected override void TellDone(TimeSpan duration) => Observer.RolledBack(Script, duration);

    protected override string ConsequenceOf(int standing) => Consequence.OfRollback(standing);
}
