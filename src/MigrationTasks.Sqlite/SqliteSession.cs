using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>
/// One open connection. Statements go straight to SQLite's own functions: the driver's commands hide where in a statement
/// an error is, wait for locks without listening to a cancellation, and stop at the first row.
/// </summary>
/// <remarks>
/// Everything here blocks, and belongs on a thread of its own. A running statement looks every so many instructions whether
/// it should stop; unlike <c>sqlite3_interrupt</c> from another thread, that can neither come too early nor too late.
/// </remarks>
internal sealed class SqliteSession : IDisposable
{
    private const int InstructionsBetweenChecks = 2_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteConfig _config;
    private readonly sqlite3 _database;
    private bool _enforcesForeignKeys;
    private bool _ranPragma;

    private SqliteSession(SqliteConnection connection, SqliteConfig config)
    {
        _connection = connection;
        _config = config;
        _database = connection.Handle!;
        EnforcedForeignKeys = _enforcesForeignKeys = Query("PRAGMA foreign_keys", default).Rows[0][0] is 1L;
    }

    /// <summary>Whether the connection enforced foreign keys when it was opened.</summary>
    public bool EnforcedForeignKeys { get; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Whether somebody's statements may have left settings, attached databases or temporary tables behind.</summary>
    public bool HasForeignState => _ranPragma || Query("PRAGMA database_list", default).Rows.Count > 1;

    /// <summary>How many rows the last INSERT, UPDATE or DELETE changed.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    /// <summary>Opens the database; a missing file is created where the connection allows it.</summary>
    /// <exception cref="SqliteFailure">It cannot be opened.</exception>
    /// <exception cref="MigrationException">MIG4034 when SQLite's library cannot be loaded.</exception>
    public static SqliteSession Open(SqliteConfig config)
    {
        var connection = Create(config);
        try
        {
            connection.Open();
            return new SqliteSession(connection, config);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new SqliteFailure(raw.sqlite3_errstr(exception.SqliteExtendedErrorCode).utf8_to_string(), exception.SqliteExtendedErrorCode, -1);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Create(SqliteConfig config)
    {
        try
        {
            return new SqliteConnection(config.ConnectionString);
        }
        catch (Exception exception) when (NativeSqlite.Missing(exception) is { } missing)
        {
            throw missing;
        }
    }

    /// <summary>Turns the enforcement of foreign keys on or off; inside a transaction SQLite ignores that.</summary>
    public void EnforceForeignKeys(bool enforce)
    {
        if (enforce != _enforcesForeignKeys)
        {
            Execute(SqliteCommands.ForeignKeys(enforce), default);
            _enforcesForeignKeys = enforce;
        }
    }

    /// <summary>Ends what transaction there is; SQLite itself may have ended it already.</summary>
    public void Rollback()
    {
        if (InTransaction)
        {
            Execute("ROLLBACK", default);
        }
    }

    /// <summary>Executes statements, and runs queries among them to their end.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses one.</exception>
    public void Execute(string sql, CancellationToken cancellation, params ReadOnlySpan<object?> arguments) =>
        Run(sql, arguments, static (_, _) => { }, cancellation);

    /// <summary>Executes a statement with its values.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses it.</exception>
    public void Execute(SqlText statement, CancellationToken cancellation) => Execute(statement.Text, cancellation, [.. statement.Values]);

    /// <summary>Executes a statement that somebody else wrote, and minds what it does to the session.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses it.</exception>
    public void ExecuteForeign(string sql, CancellationToken cancellation)
    {
        // One too many is harmless: it costs a session. Some pragmas take effect even in an EXPLAIN.
        _ranPragma |= sql.Contains("PRAGMA", StringComparison.OrdinalIgnoreCase);
        Execute(sql, cancellation);
    }

    /// <summary>Runs a query.</summary>
    /// <exception cref="SqliteFailure">SQLite refuses it.</exception>
    public SqlRows Query(string sql, CancellationToken cancellation, params ReadOnlySpan<object?> arguments)
    {
        var columns = new List<string>();
        var rows = new List<IReadOnlyList<object?>>();
        Run(sql, arguments, Read, cancellation);
        return new SqlRows(columns, rows);

        void Read(sqlite3_stmt statement, bool isRow)
        {
            if (isRow)
            {
                rows.Add(SqliteValues.ReadRow(statement));
                return;
            }

            // A statement that starts, or starts again after a wait.
            columns.Clear();
            rows.Clear();
            columns.AddRange(SqliteValues.ReadColumns(statement));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Run(string sql, ReadOnlySpan<object?> arguments, Action<sqlite3_stmt, bool> read, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(sql));
        try
        {
            var text = buffer.AsSpan(0, Encoding.UTF8.GetBytes(sql, buffer));
            var rest = (ReadOnlySpan<byte>)text;
            while (!rest.IsEmpty)
            {
                var wait = new BusyWait(_config.Settings.LockTimeout);
                var start = text.Length - rest.Length;
                var next = rest;
                while (!TryRunFirst(rest, out next, start, arguments, read, wait.IsOver, cancellation))
                {
                    wait.Next(cancellation);
                }

                rest = next;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // False when another connection is in the way and there is time left to wait for it.
    private bool TryRunFirst(ReadOnlySpan<byte> sql, out ReadOnlySpan<byte> rest, int start, ReadOnlySpan<object?> arguments, Action<sqlite3_stmt, bool> read, bool isLastTry, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var limit = _config.Settings.CommandTimeout;
        var deadline = limit > TimeSpan.Zero ? Environment.TickCount64 + (long)limit.TotalMilliseconds : long.MaxValue;
        raw.sqlite3_progress_handler(_database, InstructionsBetweenChecks, _ => cancellation.IsCancellationRequested || Environment.TickCount64 > deadline ? 1 : 0, null);

        sqlite3_stmt? statement = null;
        try
        {
            var result = raw.sqlite3_prepare_v2(_database, sql, out statement, out rest);
            if (result == raw.SQLITE_OK && !statement.IsInvalid)
            {
                SqliteValues.Bind(statement, arguments);
                read(statement, false);
                while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                {
                    read(statement, true);
                }
            }

            if (result is raw.SQLITE_OK or raw.SQLITE_DONE)
            {
                return true;
            }

            cancellation.ThrowIfCancellationRequested();
            var failure = LastFailure(start, deadline);
            return failure.IsBusy && !isLastTry ? false : throw failure;
        }
        finally
        {
            statement?.Dispose();
            raw.sqlite3_progress_handler(_database, 0, null, null);
        }
    }

    private SqliteFailure LastFailure(int start, long deadline)
    {
        // Asked first: every other call may change the answer.
        var offset = NativeSqlite.ErrorOffset(_database);
        var code = raw.sqlite3_extended_errcode(_database);
        var message = PlainText.Of(raw.sqlite3_errmsg(_database).utf8_to_string());
        return new SqliteFailure(message, code, offset < 0 ? offset : start + offset, code == raw.SQLITE_INTERRUPT && Environment.TickCount64 > deadline);
    }
}
