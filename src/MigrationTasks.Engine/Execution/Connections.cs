using System.Data.Common;
using System.Net.Sockets;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>The connection that an adapter works on, how it gets another one, and how it tells what went wrong on them.</summary>
internal abstract class Connections<TConnection>
    where TConnection : DbConnection
{
    private TConnection? _current;

    /// <summary>The one that the adapter works on.</summary>
    public TConnection Current => _current ?? throw new InvalidOperationException("The adapter is not connected.");

    /// <summary>Opens the one that the adapter works on.</summary>
    /// <exception cref="MigrationException">As <see cref="OpenAsync"/>.</exception>
    public async Task ConnectAsync(CancellationToken cancellation) => _current = await OpenAsync(cancellation).ConfigureAwait(false);

    /// <summary>Closes it.</summary>
    public virtual async Task DisconnectAsync()
    {
        if (_current is { } connection)
        {
            _current = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Opens it anew, unless it is ready for a command.</summary>
    /// <exception cref="MigrationException">As <see cref="OpenAsync"/>.</exception>
    public async Task<TConnection> ReconnectAsync(CancellationToken cancellation)
    {
        if (_current is null || !IsReady(_current))
        {
            await DisconnectAsync().ConfigureAwait(false);
            await ConnectAsync(cancellation).ConfigureAwait(false);
        }

        return Current;
    }

    /// <summary>Opens another one.</summary>
    /// <exception cref="MigrationException">MIG4001 and others when there is none to be had.</exception>
    public abstract Task<TConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Runs a statement of MigrationTasks itself, or of whoever works with the adapter.</summary>
    public Task ExecuteAsync(string statement, CancellationToken cancellation) => ReportAsync(statement, async () =>
    {
        var command = Current.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    });

    /// <summary>Runs work in a transaction.</summary>
    public async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await ExecuteAsync("START TRANSACTION", cancellation).ConfigureAwait(false);
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await ExecuteAsync("COMMIT", cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (IsReady(Current))
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes a lock on a connection of its own, which is the lock's from then on.</summary>
    public async Task<IAsyncDisposable> LockAsync(Func<TConnection, Task<IAsyncDisposable>> take, CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReportAsync("waiting for another run", () => take(connection)).ConfigureAwait(false);
        }
        catch
        {
            // It may hold the lock already, which would then outlive this run.
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells in the words of the product what the server or the network has against something.</summary>
    /// <param name="action">What is done: "reading the history", or a statement.</param>
    /// <param name="work">Does it.</param>
    /// <exception cref="MigrationException">MIG4013 and others when it fails.</exception>
    public async Task<T> ReportAsync<T>(string action, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or IOException or SocketException)
        {
            throw Explain(exception, action);
        }
    }

    /// <inheritdoc cref="ReportAsync{T}"/>
    public Task ReportAsync(string action, Func<Task> work) => ReportAsync(action, async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <summary>Whether a connection is open, and no command is under way on it.</summary>
    protected abstract bool IsReady(TConnection connection);

    /// <summary>The error of what the server or the network has against something.</summary>
    protected abstract MigrationException Explain(Exception exception, string action);
}
