using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace DuckDbSample;

/// <summary>Undoes a migration.</summary>
public sealed class RollbackRun(DuckDbSession session, DuckDbConfig config, DuckDbHistory history, RollbackScript script, IRunObserver observer)
    : ScriptRun(session, config, history, script, observer)
{
    protected override bool Claim(CancellationToken cancellation)
    {
        if (!script.IsNewestOf(History.Read(Session, cancellation)))
        {
            return false;
        }

        if (script.IsTransactional)
        {
            return History.Remove(Session, script.Name);
        }

        History.Mark(Session, script.Name, HistoryStatus.Undoing);
        History.Advance(Session, script.Name, 0, null);
        return true;
    }

    protected override void RecordProgress(int standing, string checksum) => History.Advance(Session, script.Name, standing, null);

    protected override void RecordFailed(int standing)
    {
        // Before the first statement, the migration is what it was.
        History.Mark(Session, script.Name, standing > 0 ? HistoryStatus.UndoFailed : script.Row.Status);
        History.Advance(Session, script.Name, standing > 0 ? standing : script.Row.StatementsDone, null);
    }

    protected override void RecordDone(TimeSpan duration)
    {
        if (!script.IsTransactional)
        {
            History.Remove(Session, script.Name);
        }
        else if (History.Read(Session, default).State == HistoryTableState.Absent)
        {
            throw Errors.HistoryUnusable(History.Name, $"the rollback of {script.Name} removes it, and nobody would know what is applied. {Consequence(0)} Take that out of the rollback.");
        }
    }

    protected override void TellDone(TimeSpan duration) => Observer.RolledBack(script, duration);

    protected override string Consequence(int standing) => standing switch
    {
        0 => "Nothing was undone: the migration is still applied.",
        1 => "The rollback runs outside a transaction: its first statement was applied. The next run says how to continue.",
        _ => $"The rollback runs outside a transaction: its first {standing} statements were applied. The next run says how to continue.",
    };
}
