using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>How a run is said to psql. What only serves the run itself is not in it: the notices that tell how far it is, and commits that do not wait for the disk.</summary>
/// <param name="config">The database.</param>
/// <param name="history">The history, in psql's words.</param>
internal sealed class PsqlCommands(PostgreSqlConfig config, PostgreSqlHistory history) : PostgreSqlCommands(config, history)
{
    /// <summary>What the run's own connection has from its beginning, and a reset takes from that of psql.</summary>
    public IEnumerable<string> Session =>
    [
        ClientEncoding.Setting,
        .. Config.SearchPath is { } searchPath
            ? [PsqlText.Of(new SqlText("DO $migration_tasks$BEGIN PERFORM pg_catalog.set_config('search_path', $1, false); END$migration_tasks$", searchPath))]
            : Array.Empty<string>(),
    ];

    /// <summary>What makes the session what it was before a script.</summary>
    public IEnumerable<string> Reset => [.. SessionState.Reset, .. Session];

    /// <summary>As a function's result it would be printed.</summary>
    public override string TakeLock => Call($"PERFORM pg_catalog.pg_advisory_xact_lock({History.LockKey});");

    public override Journal CreateJournal() => new PsqlJournal();

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Check => [CheckConstraints, .. Reset.Select(FrameCommand.FromString)],

        // Not waited for: whoever waits holds a snapshot, and CREATE INDEX CONCURRENTLY of the other run would wait for that.
        FramePart.BeginClaim =>
        [
            Call($"IF NOT pg_catalog.pg_try_advisory_lock({History.SequentialLockKey}) THEN RAISE 'Another run is migrating this database.'; END IF;"),
            .. base.Frame(unit, part),
        ],
        FramePart.BeginRecord => Reset.Select(FrameCommand.FromString),
        FramePart.EndRecord => [Call($"PERFORM pg_catalog.pg_advisory_unlock({History.SequentialLockKey});")],
        _ => base.Frame(unit, part),
    };

    protected override SqlText Said(SqlText statement) => new(PsqlText.Of(statement));

    private static string Call(FormattableString body) => $"DO $migration_tasks$BEGIN {FormattableString.Invariant(body)} END$migration_tasks$";

    // What may commit by itself is run alone: whether it does, only a run finds out.
    private sealed class PsqlJournal : Journal
    {
        protected override bool MayShareTransaction(ScriptStatement statement) => base.MayShareTransaction(statement) && statement.Summary is not ("CALL" or "DO");
    }
}
