using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>How a run is said to SQLite. Its write lock is the run lock: whoever has begun a transaction is alone until it ends.</summary>
internal class SqliteCommands(SqlHistory history) : CommandLanguage(history)
{
    /// <summary>Starts a transaction that may write, when no other connection has one.</summary>
    public const string BeginImmediate = "BEGIN IMMEDIATE";

    public override string Begin => BeginImmediate;

    /// <summary>Has foreign keys enforced, or not; inside a transaction SQLite ignores that.</summary>
    public static string ForeignKeys(bool enforce) => $"PRAGMA foreign_keys = {(enforce ? "ON" : "OFF")}";

    /// <summary>Takes back what a script did in its transaction.</summary>
    public virtual string Undo => "ROLLBACK";

    /// <summary>Ends what is open; SQLite itself may have ended it already.</summary>
    public virtual void RollBack(SqliteSession session) => session.Rollback();

    /// <summary>What to tell of a script that failed in its transaction.</summary>
    public virtual FailedScript FailureOf(ScriptUnit unit) => unit.Rollback is null ? FailedScript.Migration : FailedScript.Rollback;

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Check => [new FrameCommand("PRAGMA foreign_key_check", CommandPurpose.Check)],

        // One statement needs no transaction; the row of a rollback is looked at and marked under one lock of the database.
        FramePart.BeginClaim or FramePart.EndClaim when unit.Rollback is null => [],
        _ => base.Frame(unit, part),
    };
}

/// <summary>The same in the transaction of a dry run: each script is in a savepoint.</summary>
internal sealed class SavepointCommands(SqlHistory history) : SqliteCommands(history)
{
    private const string Savepoint = "migration_tasks_dry_run";

    public override string Undo => $"ROLLBACK TO {Savepoint}";

    public override void RollBack(SqliteSession session)
    {
        if (session.InTransaction)
        {
            session.Execute($"{Undo}; RELEASE {Savepoint}", default);
        }
    }

    public override FailedScript FailureOf(ScriptUnit unit) => FailedScript.DryRun;

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin => [$"SAVEPOINT {Savepoint}"],
        FramePart.Commit => [new FrameCommand($"RELEASE {Savepoint}", CommandPurpose.Commit)],
        _ => base.Frame(unit, part),
    };
}

/// <summary>The same for the sqlite3 shell, which cannot decide anything: what must not be fails.</summary>
/// <param name="table">The history table.</param>
/// <param name="enforcesForeignKeys">Whether a run's connection enforces foreign keys.</param>
internal sealed class ShellCommands(HistoryTableName table, bool enforcesForeignKeys) : SqliteCommands(new SqlHistory(table, new ShellHistoryDialect()))
{
    /// <summary>A statement that fails with the reason in its message: the shell has no other way to stop.</summary>
    public static string Refusal(string reason, string condition) => $"SELECT json_extract('{{}}', '{reason}') WHERE {condition}";

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin => [ForeignKeys(false), Begin],
        FramePart.Check => [Refusal("rows break a foreign key, PRAGMA foreign_key_check lists them", "EXISTS (SELECT 1 FROM pragma_foreign_key_check)")],
        FramePart.Commit => [Commit, ForeignKeys(enforcesForeignKeys)],
        _ => base.Frame(unit, part),
    };
}
