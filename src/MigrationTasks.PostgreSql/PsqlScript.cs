using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Writes what a run would send to the server as a script for psql: the same statements, frames and history rows. What only serves
/// the run itself is not in it: the notices that tell how far it is, and commits that do not wait for the disk.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="history">The history, in psql's words.</param>
/// <param name="commands">The run, in psql's words.</param>
/// <param name="script">Takes the script.</param>
internal sealed class PsqlScript(PostgreSqlConfig config, PostgreSqlHistory history, PsqlCommands commands, TextWriter script) : SqlScript(commands, script)
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

        WriteAll(commands.Session);
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
        WriteAll(commands.Reset);
        Write(history.CompleteUnknown);
        Write(history.AddUniqueUnlessThere);
        Write(history.Access.CloseExisting);
        Write(history.Claim(migration, HistoryStatus.Applied).Text);
        Write(history.Complete(migration.Name, default).Text);
        Write("COMMIT");
    }

    // A claim fails by itself when the history is not as it was.
    protected override void WriteDemand(Command claim)
    {
    }

    protected override void WriteStatement(ScriptStatement statement, CancellationToken cancellation)
    {
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

        commands.Heed(statement);
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
        Write(commands.TakeLock);
        Write("SET LOCAL lock_timeout = DEFAULT");
    }

    private void WriteAll(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            Write(statement);
        }
    }
}
