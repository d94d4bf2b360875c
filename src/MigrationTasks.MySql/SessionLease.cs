using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Keeps a session of a cluster from working on without its lease. Elsewhere it does nothing: the lock is the session's own, and
/// ends with it.
/// </summary>
/// <param name="cancellation">Ends the work.</param>
internal sealed class SessionLease(CancellationToken cancellation) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private ClusterLease? _lease;
    private CancellationTokenRegistration _whenLost;
    private string? _problem;

    /// <summary>Ends the work, also when the lease is lost.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether there is a lease.</summary>
    public bool IsHeld => _lease is not null;

    /// <summary>How the lease was lost.</summary>
    public string Problem => _problem ?? RunLease.TakenByAnother;

    /// <summary>Commands for the end of a transaction: the server refuses them when the lease is not this runner's any more.</summary>
    public IEnumerable<string> Fence => _lease is null ? [] : [_lease.Fence];

    /// <summary>Whether the lease is lost: it says so, or the server does by what it refused.</summary>
    public bool IsLost(Exception exception) => _problem is not null || IsRefused(exception);

    /// <summary>Whether the server refused a <see cref="Fence"/>.</summary>
    public bool IsRefused(Exception exception) => _lease is not null && exception switch
    {
        CommandException { Command.Purpose: not CommandPurpose.Statement, Cause: MySqlException refusal } => ClusterLease.IsRefused(refusal),
        MySqlException refusal => ClusterLease.IsRefused(refusal),
        _ => false,
    };

    /// <summary>What comes is done under a lease.</summary>
    public void Begin(ClusterLease? lease)
    {
        _lease = lease;
        _whenLost = lease?.Lost.Register(() => Lose(lease.Problem)) ?? default;
    }

    /// <summary>Gives the lease back.</summary>
    public async Task EndAsync()
    {
        if (_lease is { } lease)
        {
            _lease = null;
            await _whenLost.DisposeAsync().ConfigureAwait(false);
            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Lose(string problem)
    {
        _problem = problem;
        _stop.Cancel();
    }
}
