using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Stops a COPY on the server when a run is cancelled, from a connection of its own: the driver has a way for every command but
/// this one. Which process it is nobody knows behind a pooler, so a mark in the statement's text tells. One that does not
/// listen, because it cannot get rid of what it has to say, is ended with its connection; and when that does not help either,
/// the connection is hung up from here.
/// </summary>
internal sealed class CopyStop : IAsyncDisposable
{
    private const string Verb = "COPY";
    private const string MarkStart = " /* MigrationTasks:";
    private const string MarkEnd = " */ ";

    private const string Cancel = "pg_cancel_backend";
    private const string Terminate = "pg_terminate_backend";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly Func<CancellationToken, Task<NpgsqlConnection>> _connect;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _hangUp = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _stopping = Task.CompletedTask;

    /// <param name="connect">Opens a connection.</param>
    /// <param name="cancellation">When to stop.</param>
    public CopyStop(Func<CancellationToken, Task<NpgsqlConnection>> connect, CancellationToken cancellation)
    {
        _connect = connect;
        _registration = cancellation.Register(() => _stopping = Task.Run(StopAsync));
    }

    /// <summary>For the driver, which hangs up when it is cancelled.</summary>
    public CancellationToken HangUp => _hangUp.Token;

    /// <summary>The place in the statement as it is written that the server means by one in the statement with its mark.</summary>
    public static int PositionOf(PostgresException exception)
    {
        var mark = MarkStart.Length + Guid.Empty.ToString("N").Length + MarkEnd.Length;
        return exception.Position > Verb.Length ? exception.Position - mark : exception.Position;
    }

    /// <summary>Puts the mark into the statement: near its start, because the server shows no more than a kilobyte of it.</summary>
    public string Mark(string statement) => $"{statement[..Verb.Length]}{MarkStart}{_token}{MarkEnd}{statement[Verb.Length..]}";

    /// <summary>The statement is over: what comes next on its connection is safe from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        await _stopping.ConfigureAwait(false);
        _over.Dispose();
        _hangUp.Dispose();
    }

    private async Task StopAsync()
    {
        try
        {
            _hangUp.CancelAfter(LastPatience);
            var startedAt = Stopwatch.GetTimestamp();
            var connection = await _connect(_over.Token).ConfigureAwait(false);
            await using var disposal = connection.ConfigureAwait(false);

            // Again and again: the statement may be on its way to the server yet.
            while (true)
            {
                await SignalAsync(connection, Stopwatch.GetElapsedTime(startedAt) < Patience ? Cancel : Terminate).ConfigureAwait(false);
                await Task.Delay(PollInterval, _over.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or MigrationException or NpgsqlException or IOException)
        {
            // It is over, or there is no connection to stop it from.
        }
    }

    private async Task SignalAsync(NpgsqlConnection connection, string function)
    {
        var command = new NpgsqlCommand(
            $"""
            SELECT pg_catalog.{function}(pid) FROM pg_catalog.pg_stat_activity
            WHERE state = 'active' AND pid <> pg_catalog.pg_backend_pid() AND pg_catalog.strpos(query, $1) > 0
            """,
            connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(PostgreSqlParameter.Text(_token));
        await command.ExecuteNonQueryAsync(_over.Token).ConfigureAwait(false);
    }
}
