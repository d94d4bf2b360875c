using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// A run lock that lasts for a while by the database's clock, and is renewed as long as the run does; of a run that died it
/// expires. Nothing keeps a run from working on when it has lost the lock but the run itself: it watches <see cref="Lost"/>.
/// </summary>
internal abstract class RunLease : IAsyncDisposable
{
    /// <summary>For how long the lock is somebody's who does not renew it.</summary>
    public static readonly TimeSpan StandardLength = TimeSpan.FromSeconds(30);

    /// <summary>How it comes about that the lock is somebody else's.</summary>
    public const string TakenByAnother = "another run has taken it, since this one did not renew it in time.";

    // A few renewals may fail before the lock is lost.
    private const int RenewalsInTime = 6;

    private readonly TimeSpan _length;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _released = new();
    private readonly CancellationTokenSource _lost;
    private Task _renewing = Task.CompletedTask;
    private bool _isTaken;

    /// <param name="length">For how long the lock is somebody's who does not renew it.</param>
    /// <param name="time">The clock for the waiting.</param>
    protected RunLease(TimeSpan length, TimeProvider time)
    {
        _length = length;
        _time = time;
        _lost = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Cancelled when the lock is somebody else's, or may be.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why it is.</summary>
    public string Problem => !_lost.IsCancellationRequested ? ""
        : _isTaken ? TakenByAnother
        : string.Create(CultureInfo.InvariantCulture, $"it could not be renewed for {_length.TotalSeconds} s.");

    /// <summary>Gives the lock back, when it still is this run's.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        try
        {
            if (!_lost.IsCancellationRequested)
            {
                await ReleaseAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsOfServer(exception))
        {
            // It expires.
        }

        _released.Dispose();
        _lost.Dispose();
    }

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="config">The database, and how long to wait.</param>
    /// <param name="poll">How often to look.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run holds it for too long.</exception>
    protected async Task TakeAsync(DatabaseConfig config, TimeSpan poll, CancellationToken cancellation)
    {
        var startedAt = _time.GetTimestamp();
        while (true)
        {
            var asked = _time.GetTimestamp();
            if (await TryTakeAsync(cancellation).ConfigureAwait(false) is not { } holder)
            {
                ExpireAfter(asked);
                _renewing = RenewAsync();
                return;
            }

            if (_time.GetElapsedTime(startedAt) >= config.Settings.LockTimeout)
            {
                throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout, holder);
            }

            await Task.Delay(poll, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <returns>Who has it; <see langword="null"/> when it is this run's now.</returns>
    protected abstract Task<string?> TryTakeAsync(CancellationToken cancellation);

    /// <summary>Lets the lock last as long again, from now on.</summary>
    /// <returns>Whether it still is this run's.</returns>
    protected abstract Task<bool> TryRenewAsync(CancellationToken cancellation);

    /// <summary>Gives back the lock if it is this run's.</summary>
    protected abstract Task ReleaseAsync();

    /// <summary>Whether the server, or the way to it, is to blame for something.</summary>
    protected abstract bool IsOfServer(Exception exception);

    private async Task RenewAsync()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_released.Token, _lost.Token);
        while (!end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_length / RenewalsInTime, _time, end.Token).ConfigureAwait(false);
                var asked = _time.GetTimestamp();
                if (await TryRenewAsync(end.Token).ConfigureAwait(false))
                {
                    ExpireAfter(asked);
                }
                else
                {
                    _isTaken = true;
                    await _lost.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The run is over, or has to be.
            }
            catch (Exception exception) when (IsOfServer(exception))
            {
                // There is time to try again.
            }
        }
    }

    // The server has set the time after it was asked to: here the lock ends a little earlier than there.
    private void ExpireAfter(long asked)
    {
        var left = _length - _time.GetElapsedTime(asked);
        _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}
