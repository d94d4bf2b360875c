using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.PostgreSql;

/// <summary>Undoes one migration whose rollback runs outside a transaction. Its row says <c>undoing</c> before the first statement, and goes after the last.</summary>
internal sealed class SequentialRollback(WorkSession session)
    : SequentialRun<RollbackScript>(session)
{
    protected override HistoryCommand Claim(RollbackScript script) => new(History.BeginUndoing, [.. PostgreSqlHistory.NewestOf(script)]);

    protected override HistoryCommand RecordProgress(RollbackScript script, int done, string checksum) => new(History.RecordUndone, script.Name, done);

    protected override HistoryCommand RecordDone(RollbackScript script) => new(History.Delete, script.Name);

    protected override HistoryCommand? Follow(RollbackScript script) => SupabaseHistory.Remove(script.Name);

    // Before the first statement, the migration is what it was.
    protected override HistoryCommand? RecordFailed(RollbackScript script, int done) => done > 0
        ? new HistoryCommand(History.EndUndoing, script.Name, HistorySchema.TextOf(HistoryStatus.UndoFailed), done)
        : new HistoryCommand(History.EndUndoing, script.Name, HistorySchema.TextOf(script.Row.Status), script.Row.StatementsDone);

    protected override string ConsequenceOf(int done) => Consequence.OfRollback(done);
}
