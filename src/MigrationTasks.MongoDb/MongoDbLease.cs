using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>The lock of a run: a document with an owner and a time until which it is theirs, by the server's clock.</summary>
internal sealed class MongoDbLease : RunLease
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private const string Key = "run";
    private const string Owned = "owner";
    private const string Holder = "holder";
    private const string Since = "since";
    private const string Expires = "expires_at";
    private const string Session = "session";
    private const string Expired = "expired_session";
    internal const int DuplicateKey = 11000;

    private readonly IMongoCollection<BsonDocument> _locks;
    private readonly BsonDocument _session;
    private readonly Func<BsonDocument, Task> _endSession;

    private MongoDbLease(IMongoCollection<BsonDocument> locks, BsonDocument session, Func<BsonDocument, Task> endSession, TimeProvider time)
        : base(StandardLength, time) => (_locks, _session, _endSession) = (locks, session, endSession);

    /// <summary>Who the lock belongs to: nobody else ever has the same.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Takes the lock, or waits for it.</summary>
    /// <param name="locks">The collection that it is in.</param>
    /// <param name="config">The database, and how long to wait.</param>
    /// <param name="session">The run's session with the server.</param>
    /// <param name="endSession">Ends the session of a run that died: a transaction that it left open would keep what it changed for a minute.</param>
    /// <param name="time">The clock for the waiting.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run holds it for too long.</exception>
    public static async Task<MongoDbLease> TakeAsync(
        IMongoCollection<BsonDocument> locks, MongoDbConfig config, BsonDocument session, Func<BsonDocument, Task> endSession, TimeProvider time, CancellationToken cancellation)
    {
        var lease = new MongoDbLease(locks, session, endSession, time);
        await lease.TakeAsync(config, PollInterval, cancellation).ConfigureAwait(false);
        return lease;
    }

    /// <summary>Finds the lock.</summary>
    internal static BsonDocument ByKey => new("_id", Key);

    /// <summary>Lets the lock last as long again.</summary>
    internal static BsonDocument Renewing => new("$set", new BsonDocument(Expires, Expiry));

    /// <summary>Makes the lock somebody's, if it is free or expired; their session is what the next owner ends if they die.</summary>
    internal static BsonDocument Taking(BsonValue owner, string holder, BsonValue session)
    {
        var isFree = new BsonDocument("$lte", new BsonArray { new BsonDocument("$ifNull", new BsonArray { $"${Expires}", BsonNull.Value }), "$$NOW" });
        var mine = new BsonDocument
        {
            { "_id", Key },
            { Owned, owner },
            { Holder, new BsonDocument("$literal", holder) },
            { Since, "$$NOW" },
            { Expires, Expiry },
            { Session, new BsonDocument("$literal", session) },
            { Expired, $"${Session}" },
        };
        return new BsonDocument("$replaceWith", new BsonDocument("$cond", new BsonArray { isFree, mine, "$$ROOT" }));
    }

    // One step on the server, by its clock: whoever finds the lock free or expired has it. A condition in the filter could not
    // insert the document too.
    protected override async Task<string?> TryTakeAsync(CancellationToken cancellation)
    {
        try
        {
            var current = await Patience.ForAsync(
                stop => _locks.FindOneAndUpdateAsync(
                    ByKey,
                    Builders<BsonDocument>.Update.Pipeline(new[] { Taking(Owner, Self, _session) }),
                    new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
                    stop),
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

    protected override async Task<bool> TryRenewAsync(CancellationToken cancellation) =>
        await _locks.FindOneAndUpdateAsync(
            Mine,
            Builders<BsonDocument>.Update.Pipeline(new[] { Renewing }),
            cancellationToken: cancellation).ConfigureAwait(false) is not null;

    protected override Task ReleaseAsync() => Patience.ForAsync(stop => _locks.DeleteOneAsync(Mine, stop), CancellationToken.None);

    protected override bool IsOfServer(Exception exception) => exception is MongoException or TimeoutException;

    private BsonDocument Mine => new() { { "_id", Key }, { Owned, Owner } };

    private static BsonDocument Expiry => new("$add", new BsonArray { "$$NOW", (long)StandardLength.TotalMilliseconds });

    private static string Self => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");

    private static string HolderOf(BsonDocument current)
    {
        var since = current.GetValue(Since, BsonNull.Value) is BsonDateTime time ? string.Create(CultureInfo.InvariantCulture, $", since {time.ToUniversalTime():HH:mm:ss} UTC") : "";
        return $"{current.GetValue(Holder, "an unknown one")}{since}";
    }
}
