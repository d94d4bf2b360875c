using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// How a run is said to PostgreSQL. Nothing depends on the session: a pooler may give each transaction another one. Commands without a
/// plan cost the server microseconds; the same in PL/pgSQL would cost more than all of the rest of the frame.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="history">The history.</param>
internal class PostgreSqlCommands(PostgreSqlConfig config, PostgreSqlHistory history) : CommandLanguage(history)
{
    protected static readonly FrameCommand CommitTransaction = new("COMMIT", CommandPurpose.Commit);

    private StatementOpening? _opening;

    protected PostgreSqlConfig Config => config;

    public new PostgreSqlHistory History => history;

    /// <summary>Raises the notice that starts a script; <see langword="null"/> where nobody listens.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>Whether nothing is on its way: the first script of a batch tells which process of the server does all of it.</summary>
    public bool StartsBatch { get; set; } = true;

    public override bool MayRefuseTransaction => true;

    public override SqlText? ClaimNewest(RollbackScript rollback) => rollback.IsTransactional ? history.RemoveNewest(rollback) : history.BeginUndoing(rollback);

    /// <summary>Takes in a statement outside a transaction: a limit that it sets for the rest of the file is not set by anybody else.</summary>
    public void Heed(ScriptStatement statement) => _opening?.Heed(statement);

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin => BeginOf(unit),
        FramePart.Check => [CheckConstraints, .. SessionState.Reset.Select(FrameCommand.FromString), .. FlushLater(unit)],
        FramePart.Commit or FramePart.EndStatement or FramePart.EndClaim or FramePart.EndEntry => [CommitTransaction],
        FramePart.BeginClaim => [SessionState.BeginFresh, Lock(OpeningOf(unit).Of(Progress is null ? null : $"{Progress.MarkerOf(unit.Script)}:"))],
        FramePart.BeginStatement => [Begin, Lock(OpeningOf(unit).Of(Progress?.BackendMarker))],
        FramePart.PrepareEntry => [CheckConstraints, .. SessionState.AsConnected.Select(FrameCommand.FromString)],
        FramePart.BeginEntry => [Begin, CheckConstraints, .. SessionState.AsConnected.Select(FrameCommand.FromString)],
        FramePart.BeginRecord => SessionState.Reset.Select(reset => new FrameCommand(reset, CommandPurpose.Reset)),
        _ => [],
    };

    public override IEnumerable<FrameCommand> Record(ScriptUnit unit, SqlText record)
    {
        var kept = !config.Settings.KeepsToolHistory ? null : unit.Step is { } step ? SupabaseHistory.Record(step.Migration) : SupabaseHistory.Remove(unit.Script.Name);
        if (kept is null)
        {
            return base.Record(unit, record);
        }

        return unit.IsTransactional
            ? [.. base.Record(unit, record), SupabaseHistory.Ensure, new FrameCommand(Said(kept).Text) { Values = Said(kept).Values }]
            : [SupabaseHistory.Ensure, .. base.Record(unit, SupabaseHistory.Together(record, Said(kept)))];
    }

    /// <summary>A statement with parameters, as it is said.</summary>
    protected virtual SqlText Said(SqlText statement) => statement;

    /// <summary>What was deferred is checked while the settings are still the script's own.</summary>
    protected virtual FrameCommand CheckConstraints => new("SET CONSTRAINTS ALL IMMEDIATE", CommandPurpose.Check);

    /// <summary>Limits what the statements of a script in a transaction wait for, and how long they take.</summary>
    protected IEnumerable<FrameCommand> LimitsOf(ScriptUnit unit) =>
        [SessionState.LimitLocks(unit.Script, config), .. SessionState.StatementTimeout(config) is { } limit ? [limit] : Array.Empty<FrameCommand>()];

    // The wait for the run lock has a limit of its own, which is not that of the script's own locks. The row of a rollback is looked at
    // after that wait, and must be seen as it is then.
    private IEnumerable<FrameCommand> BeginOf(ScriptUnit unit) =>
    [
        SessionState.BeginOf(unit.Script) ?? (unit.Rollback is null ? Begin : SessionState.BeginFresh),
        $"SET LOCAL lock_timeout = {SessionState.LockTimeout(config)}",
        Lock(TakeLock),
        .. LimitsOf(unit),
        .. MarkerOf(unit),
    ];

    /// <summary>Takes the run lock until the transaction ends, and waits for it.</summary>
    public virtual string TakeLock => history.TakeLock;

    // Behind a pooler nobody but the server knows which process it is.
    private IEnumerable<FrameCommand> MarkerOf(ScriptUnit unit)
    {
        if (Progress is null)
        {
            return [];
        }

        var marker = StartsBatch ? $"'{Progress.MarkerOf(unit.Script)}:%', pg_catalog.pg_backend_pid()" : $"'{Progress.MarkerOf(unit.Script)}'";
        return
        [
            "SET LOCAL client_min_messages = notice",
            $"DO $migration_tasks$BEGIN RAISE NOTICE {marker}; END$migration_tasks$",
            "SET LOCAL client_min_messages = DEFAULT",
        ];
    }

    // The last of the commits waits for the disk, and that covers all before it.
    private IEnumerable<FrameCommand> FlushLater(ScriptUnit unit) => unit.IsFollowed && Progress is not null ? ["SET LOCAL synchronous_commit = off"] : [];

    private StatementOpening OpeningOf(ScriptUnit unit) => _opening?.Script == unit.Script ? _opening : _opening = new StatementOpening(config, history, unit.Script);

    private static FrameCommand Lock(string text) => new(text, CommandPurpose.Lock);
}

/// <summary>The same in the transaction of a dry run: each script is in a savepoint.</summary>
internal sealed class SavepointCommands(PostgreSqlConfig config, PostgreSqlHistory history) : PostgreSqlCommands(config, history)
{
    private const string Savepoint = "migration_tasks_dry_run";

    // What is deferred is checked at the end of each migration, as its commit would, and deferred again for the next. By name, since ALL
    // would hold for constraints that come later too; but names are not unique in a schema, and where another constraint has the name of
    // a deferred one, only ALL can defer it again.
    private const string CheckDeferred = """
        DO $migration_tasks$
        DECLARE
          all_names text;
          late_names text;
          soon_names text;
          is_clear boolean;
        BEGIN
          SELECT pg_catalog.string_agg(name, ', ') FILTER (WHERE may_defer),
            pg_catalog.string_agg(name, ', ') FILTER (WHERE has_late),
            pg_catalog.string_agg(name, ', ') FILTER (WHERE may_defer AND NOT has_late),
            pg_catalog.bool_and(NOT has_late OR all_late)
          INTO all_names, late_names, soon_names, is_clear
          FROM (
            SELECT pg_catalog.format('%I.%I', n.nspname, c.conname) AS name, pg_catalog.bool_or(c.condeferrable) AS may_defer,
              pg_catalog.bool_or(c.condeferred) AS has_late, pg_catalog.bool_and(c.condeferred) AS all_late
            FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
            WHERE NOT pg_catalog.pg_is_other_temp_schema(n.oid)
            GROUP BY 1) names;
          IF all_names IS NOT NULL THEN
            EXECUTE 'SET CONSTRAINTS ' || all_names || ' IMMEDIATE';
          END IF;
          IF late_names IS NOT NULL AND is_clear THEN
            EXECUTE 'SET CONSTRAINTS ' || late_names || ' DEFERRED';
          ELSIF late_names IS NOT NULL THEN
            SET CONSTRAINTS ALL DEFERRED;
            IF soon_names IS NOT NULL THEN
              EXECUTE 'SET CONSTRAINTS ' || soon_names || ' IMMEDIATE';
            END IF;
          END IF;
        END $migration_tasks$
        """;

    /// <summary>Takes back what a script did.</summary>
    public const string Undo = $"ROLLBACK TO SAVEPOINT {Savepoint}";

    protected override FrameCommand CheckConstraints => new(CheckDeferred, CommandPurpose.Check);

    public override IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin => [$"SAVEPOINT {Savepoint}", .. LimitsOf(unit)],
        FramePart.Commit => [new FrameCommand($"RELEASE SAVEPOINT {Savepoint}", CommandPurpose.Commit)],
        _ => base.Frame(unit, part),
    };

    // The other tool's history would not be there any longer than ours.
    public override IEnumerable<FrameCommand> Record(ScriptUnit unit, SqlText record) => [new FrameCommand(record.Text, CommandPurpose.Record) { Values = record.Values }];
}
