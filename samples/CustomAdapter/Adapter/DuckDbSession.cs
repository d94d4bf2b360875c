using DuckDB.NET.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;

namespace DuckDbSample;

/// <summary>One open connection. Everything here blocks, and belongs on a thread of its own.</summary>
public sealed class DuckDbSession : IDisposable
{
    private const string HeldByProcess = "Could not set lock on file";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly DuckDBConnection _connection;
    private readonly DuckDbConfig _config;

    private DuckDbSession(DuckDBConnection connection, DuckDbConfig config)
    {
        _connection = connection;
        _config = config;
        Execute(DuckDbFailure.Setting, default);
    }

    /// <summary>Opens the file, and creates it when it is missing. DuckDB lets one process at a time have it: for another one this waits.</summary>
    /// <exception cref="MigrationException">MIG3008 when another process had it for too long; MIG4003 when it cannot be opened.</exception>
    public static DuckDbSession Open(DuckDbConfig config, CancellationToken cancellation)
    {
        var deadline = DateTime.UtcNow + config.Settings.LockTimeout;
        while (true)
        {
            var connection = new DuckDBConnection(config.ConnectionString);
            try
            {
                connection.Open();
                return new DuckDbSession(connection, config);
            }
            catch (DuckDBException exception) when (exception.Message.Contains(HeldByProcess, StringComparison.Ordinal))
            {
                connection.Dispose();
                if (DateTime.UtcNow > deadline)
                {
                    throw AdapterErrors.RunLockTimeout(config, "or another program has the file open");
                }
            }
            catch (DuckDBException exception)
            {
                connection.Dispose();
                throw AdapterErrors.DatabaseNotFound(config, DuckDbFailure.Of(exception).Problem, exception);
            }

            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Executes a statement; <c>$1</c>, <c>$2</c>, … are the values in order.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DuckDBException">DuckDB refused it.</exception>
    /// <exception cref="TimeoutException">It ran for longer than the command timeout.</exception>
    public int Execute(string sql, CancellationToken cancellation, params object?[] values) => Run(sql, values, command => command.ExecuteNonQuery(), cancellation);

    /// <summary>Executes a query in the same way.</summary>
    public SqlRows Query(string sql, CancellationToken cancellation, params object?[] values) => Run(sql, values, Read, cancellation);

    /// <summary>Rolls back, when there is anything to roll back: also what a script began itself, or what DuckDB rolled back already.</summary>
    public void Rollback()
    {
        try
        {
            Execute("ROLLBACK", default);
        }
        catch (DuckDBException)
        {
            // No transaction is open.
        }
    }

    public void Dispose() => _connection.Dispose();

    private TResult Run<TResult>(string sql, object?[] values, Func<DuckDBCommand, TResult> execute, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(new DuckDBParameter { Value = value is DateTimeOffset time ? time.UtcDateTime : value });
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_config.Settings.CommandTimeout > TimeSpan.Zero)
        {
            limit.CancelAfter(_config.Settings.CommandTimeout);
        }

        // An interruption that comes before the statement is on its way is lost, so it is repeated.
        using var done = new ManualResetEvent(false);
        using var interruption = new Timer(_ => command.Cancel());
        using var registration = limit.Token.Register(() => interruption.Change(TimeSpan.Zero, Pause));
        try
        {
            return execute(command);
        }
        catch (Exception exception) when (limit.IsCancellationRequested && exception is OperationCanceledException or DuckDBException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException(null, exception);
        }
        finally
        {
            // Nobody may interrupt what comes next in the session.
            registration.Dispose();
            if (interruption.Dispose(done))
            {
                done.WaitOne();
            }
        }
    }

    private static SqlRows Read(DuckDBCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyList<object?>>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }

        return new SqlRows([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
    }
}
