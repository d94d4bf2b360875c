using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.MongoDb;

/// <summary>
/// The lock of a run: a document with an owner and a time until which it is theirs, by the server's clock. It is renewed as long
/// as the run lasts; of a run that died it expires.
/// </summary>
internal sealed class RunLease : IAsyncDisposable
{
    /// <summary>For how long the lock is somebody's who does not renew it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    // Two renewals may fail before the lock is lost.
    private static readonly TimeSpan RenewalInterval = Length / 3;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private const string Key = "run";
    private const string Owned = "owner";
    private const string Holder = "holder";
    private const string Since = "since";
    private const string Expires = "expires_at";
    private const string Session = "session";
    private const string Expired = "expired_session";
    private const int DuplicateKey = 11000;

    private readonly IMongoCollection<BsonDocument> _locks;
    private readonly BsonDocument _session;
    private readonly Func<BsonDocument, Task> _endSession;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _released = new();
    private Task _renewing = Task.CompletedTask;
    private long _renewedAt;

    private RunLease(IMongoCollection<BsonDocument> locks, BsonDocument session, Func<BsonDocument, Task> endSession, TimeProvider time) =>
        (_locks, _session, _endSession, _time) = (locks, session, endSession, time);

    /// <summary>Who the lock belongs to: nobody else ever has the same.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Cancelled when the lock is somebody else's, or may be.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why it is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="locks">The collection that it is in.</param>
    /// <param name="config">The database, and how long to wait.</param>
    /// <param name="session">The run's session with the server.</param>
    /// <param name="endSession">Ends the session of a run that died: a transaction that it left open would keep what it changed for a minute.</param>
    /// <param name="time">The clock for the waiting.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run holds it for too long.</exception>
    public static async Task<RunLease> TakeAsync(
        IMongoCollection<BsonDocument> locks, MongoDbConfig config, BsonDocument session, Func<BsonDocument, Task> endSession, TimeProvider time, CancellationToken cancellation)
    {
        var lease = new RunLease(locks, session, endSession, time);
        var startedAt = time.GetTimestamp();
        while (true)
        {
            var asked = time.GetTimestamp();
            var holder = await lease.TryTakeAsync(cancellation).ConfigureAwait(false);
            if (holder is null)
            {
                lease._renewedAt = asked;
                lease._renewing = lease.RenewAsync();
                return lease;
            }

            if (time.GetElapsedTime(startedAt) >= config.Settings.LockTimeout)
            {
                throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout, holder);
            }

            await Task.Delay(PollInterval, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lock back, when it still is this run's.</summary>
    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        try
        {
            await _locks.DeleteOneAsync(Mine, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            // It expires.
        }

        _released.Dispose();
        _lost.Dispose();
    }

    private BsonDocument Mine => new() { { "_id", Key }, { Owned, Owner } };

    private static BsonDocument Expiry => new("$add", new BsonArray { "$$NOW", (long)Length.TotalMilliseconds });

    // One step on the server, by its clock: whoever finds the lock free or expired has it. A condition in the filter could not
    // insert the document too.
    private async Task<string?> TryTakeAsync(CancellationToken cancellation)
    {
        var isFree = new BsonDocument("$lte", new BsonArray { new BsonDocument("$ifNull", new BsonArray { $"${Expires}", BsonNull.Value }), "$$NOW" });
        var mine = new BsonDocument
        {
            { "_id", Key },
            { Owned, Owner },
            { Holder, new BsonDocument("$literal", Self) },
            { Since, "$$NOW" },
            { Expires, Expiry },
            { Session, new BsonDocument("$literal", _session) },
            { Expired, $"${Session}" },
        };
        var take = new BsonDocument("$replaceWith", new BsonDocument("$cond", new BsonArray { isFree, mine, "$$ROOT" }));
        try
        {
            var current = await _locks.FindOneAndUpdateAsync(
                new BsonDocument("_id", Key),
                Builders<BsonDocument>.Update.Pipeline(new[] { take }),
                new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
                cancellation).ConfigureAwait(false);
            if (current.GetValue(Owned, "").ToString() != Owner)
            {
                return HolderOf(current);
            }

            if (current.GetValue(Expired, BsonNull.Value) is BsonDocument expired)
            {
                await _endSession(expired).ConfigureAwait(false);
            }

            return null;
        }
        catch (MongoCommandException exception) when (exception.Code == DuplicateKey)
        {
            // Another run has just inserted it.
            return "which has just begun";
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (!_lost.IsCancellationRequested)
            {
                await Task.Delay(RenewalInterval, _time, _released.Token).ConfigureAwait(false);
                await RenewOnceAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private async Task RenewOnceAsync()
    {
        var asked = _time.GetTimestamp();
        try
        {
            var renewed = await _locks.FindOneAndUpdateAsync(
                Mine,
                Builders<BsonDocument>.Update.Pipeline(new[] { new BsonDocument("$set", new BsonDocument(Expires, Expiry)) }),
                cancellationToken: _released.Token).ConfigureAwait(false);
            if (renewed is not null)
            {
                _renewedAt = asked;
                return;
            }

            await LoseAsync("another run has taken it, since this one did not renew it in time.").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            if (_time.GetElapsedTime(_renewedAt) >= Length)
            {
                await LoseAsync($"it could not be renewed for {Length.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.").ConfigureAwait(false);
            }
        }
    }

    private Task LoseAsync(string problem)
    {
        Problem = problem;
        return _lost.CancelAsync();
    }

    private static string Self => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");

    private static string HolderOf(BsonDocument current)
    {
        var since = current.GetValue(Since, BsonNull.Value) is BsonDateTime time ? string.Create(CultureInfo.InvariantCulture, $", since {time.ToUniversalTime():HH:mm:ss} UTC") : "";
        return $"{current.GetValue(Holder, "an unknown one")}{since}";
    }
}
