using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Writes what a run would send to the server as a script for psql: the same statements, frames and history rows. What only serves
/// the run itself is not in it: the notices that tell how far it is, and commits that do not wait for the disk.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="history">The history's statements.</param>
/// <param name="script">Takes the script.</param>
internal sealed class PsqlScript(PostgreSqlConfig config, PostgreSqlHistory history, TextWriter script) : RunScript(script)
{
    // psql runs its user's start-up file first, which may have set any of these.
    private static readonly string[] Settings = [@"\set QUIET on", @"\set ON_ERROR_STOP on", @"\set ON_ERROR_ROLLBACK off", @"\set AUTOCOMMIT on", @"\set SINGLELINE off", @"\pset pager off"];

    protected override void WriteHead()
    {
        Script.WriteLine("-- Run it with psql -f, on a direct connection: a transaction pooler would give each transaction another session.");
        Script.WriteLine(Notice);
        foreach (var setting in Settings)
        {
            Script.WriteLine(setting);
        }

        WriteSession();
    }

    protected override void WriteHistory(IReadOnlyList<string> completion)
    {
        WriteTitle($"the history table {history.Name}");
        BeginHistory();
        foreach (var change in completion)
        {
            Write(change);
        }

        Write("COMMIT");
    }

    protected override void WriteHistory(Migration migration, CancellationToken cancellation)
    {
        WriteTitle($"{migration.Name}: the history table {history.Name}");
        BeginHistory();
        WriteStatements(migration, cancellation);
        WriteReset();
        Write(history.CompleteUnknown);
        Write(history.AddUniqueUnlessThere);
        Write(history.Access.CloseExisting);
        Write(PsqlText.Of(history.Claim, PostgreSqlHistory.ClaimOf(migration, "applied")));
        Write(PsqlText.Of(history.RecordDuration, migration.Name));
        Write("COMMIT");
    }

    protected override void WriteInTransaction(MigrationStep step, CancellationToken cancellation)
    {
        var migration = step.Migration;
        Write(SessionState.BeginOf(migration) ?? "BEGIN");
        Write($"SET LOCAL lock_timeout = {SessionState.LockTimeout(config)}");
        WriteLock("PERFORM pg_catalog.pg_advisory_xact_lock", history.LockKey);
        Write(SessionState.LimitLocks(migration, config));
        if (SessionState.StatementTimeout(config) is { } limit)
        {
            Write(limit);
        }

        WriteClaim(step, "applied");
        WriteStatements(migration, cancellation);
        Write("SET CONSTRAINTS ALL IMMEDIATE");
        WriteReset();
        Write(PsqlText.Of(history.RecordDuration, migration.Name));
        if (KeptFor(migration) is { } kept)
        {
            Write(SupabaseHistory.Ensure);
            Write(PsqlText.Of(kept.Sql, kept.Parameters));
        }

        Write("COMMIT");
    }

    protected override void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation)
    {
        var migration = step.Migration;

        // Not waited for: whoever waits holds a snapshot, and CREATE INDEX CONCURRENTLY of the other run would wait for that.
        Write(FormattableString.Invariant($"DO $migration_tasks$BEGIN IF NOT pg_catalog.pg_try_advisory_lock({history.SequentialLockKey}) THEN RAISE 'Another run is migrating this database.'; END IF; END$migration_tasks$"));
        var opening = new StatementOpening(config, history, migration);
        Write(SessionState.BeginFresh);
        Write(opening.Of(null));
        WriteClaim(step, "running");
        Write("COMMIT");

        var transaction = new OwnTransaction();
        foreach (var (index, (statement, checksum)) in migration.ReadWithChecksums().Index())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteAlone(statement, PsqlText.Of(history.RecordProgress, migration.Name, index + 1, checksum), opening, transaction, cancellation);
            opening.Heed(statement);
            transaction.Pass(statement);
        }

        WriteReset();
        var record = new HistoryCommand(history.RecordAppliedByClock, PostgreSqlHistory.ClaimOf(migration, "applied"));
        if (KeptFor(migration) is { } kept)
        {
            Write(SupabaseHistory.Ensure);
            record = SupabaseHistory.Together(record, kept);
        }

        Write(PsqlText.Of(record.Sql, record.Parameters));
        WriteLock("PERFORM pg_catalog.pg_advisory_unlock", history.SequentialLockKey);
    }

    // The history of the Supabase CLI, where that is kept up too.
    private HistoryCommand? KeptFor(Migration migration) => config.Settings.KeepsToolHistory ? SupabaseHistory.Record(migration) : null;

    // The entry is committed with the statement that it counts, wherever there is a transaction for both.
    private void WriteAlone(ScriptStatement statement, string entry, StatementOpening opening, OwnTransaction transaction, CancellationToken cancellation)
    {
        if (transaction.IsCommittedBy(statement))
        {
            WriteEntry(entry);
            WriteStatement(statement, cancellation);
        }
        else if (transaction.IsOpen || transaction.IsOpenedBy(statement))
        {
            WriteStatement(statement, cancellation);
            if (transaction.IsEndedBy(statement))
            {
                WriteOwnEntry(entry);
            }
        }
        else if (statement.CanShareTransaction && statement.Summary is not ("CALL" or "DO"))
        {
            Write("BEGIN");
            Write(opening.Of(null));
            WriteStatement(statement, cancellation);
            WriteEntry(entry);
            Write("COMMIT");
        }
        else
        {
            // Among them what may commit by itself: whether it does, only a run finds out.
            WriteStatement(statement, cancellation);
            WriteOwnEntry(entry);
        }
    }

    private void WriteOwnEntry(string entry)
    {
        Write("BEGIN");
        WriteEntry(entry);
        Write("COMMIT");
    }

    private void WriteEntry(string entry)
    {
        Write("SET CONSTRAINTS ALL IMMEDIATE");
        foreach (var command in SessionState.AsConnected)
        {
            Write(command);
        }

        Write(entry);
    }

    private void WriteClaim(MigrationStep step, string status) => Write(step.Before is { } before
        ? PsqlText.Of(history.Reclaim, PostgreSqlHistory.ReclaimOf(step.Migration, status, before))
        : PsqlText.Of(history.Claim, PostgreSqlHistory.ClaimOf(step.Migration, status)));

    private void WriteStatements(Migration migration, CancellationToken cancellation)
    {
        foreach (var statement in migration.ReadStatements())
        {
            WriteStatement(statement, cancellation);
        }
    }

    private void WriteStatement(ScriptStatement statement, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Write(PsqlText.Of(statement));
        if (statement.Rows is { } rows)
        {
            WriteRows(rows, cancellation);
        }

        // psql's own connection has brought whatever the terminal has.
        if (ClientEncoding.IsLostIn(statement))
        {
            Write(ClientEncoding.Setting);
        }
    }

    private void WriteRows(CopyRows rows, CancellationToken cancellation)
    {
        var (beforeLast, last) = ('\0', '\0');
        for (var read = rows.Read(); !read.IsEmpty; read = rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            Script.Write(read.Span);
            (beforeLast, last) = (read.Length > 1 ? read.Span[^2] : last, read.Span[^1]);
        }

        // psql sends the mark too, and the server wants it to end as the rows do.
        Script.Write((beforeLast, last) == ('\r', '\n') ? "\\.\r\n" : "\\.\n");
    }

    private void BeginHistory()
    {
        Write(SessionState.BeginFresh);
        Write($"SET LOCAL lock_timeout = {SessionState.LockTimeout(config)}");
        WriteLock("PERFORM pg_catalog.pg_advisory_xact_lock", history.LockKey);
        Write("SET LOCAL lock_timeout = DEFAULT");
    }

    // As a function's result it would be printed.
    private void WriteLock(string call, long key) => Write(FormattableString.Invariant($"DO $migration_tasks$BEGIN {call}({key}); END$migration_tasks$"));

    private void WriteReset()
    {
        foreach (var reset in SessionState.Reset)
        {
            Write(reset);
        }

        WriteSession();
    }

    // What the run's own connection has from its beginning, and a reset takes from that of psql.
    private void WriteSession()
    {
        Write(ClientEncoding.Setting);
        if (config.SearchPath is { } searchPath)
        {
            Write(PsqlText.Of("DO $migration_tasks$BEGIN PERFORM pg_catalog.set_config('search_path', $1, false); END$migration_tasks$", searchPath));
        }
    }
}
