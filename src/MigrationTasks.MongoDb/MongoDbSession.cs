using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>A session with the server: commands, one at a time, in a transaction or outside of one.</summary>
internal sealed class MongoDbSession : IDisposable
{
    private static readonly TransactionOptions Options = new(ReadConcern.Local, ReadPreference.Primary, WriteConcern.WMajority);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(60);

    // As long as the driver would try.
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);

    private const string UnknownCommit = "UnknownTransactionCommitResult";
    private const int CommitAttempts = 5;

    /// <summary>How the server labels what ended a transaction and may pass when it is tried again.</summary>
    public const string Transient = "TransientTransactionError";

    private readonly IClientSessionHandle _session;

    private MongoDbSession(IMongoClient client, IMongoDatabase database, IClientSessionHandle session) =>
        (Client, Database, _session) = (client, database, session);

    /// <summary>The driver's client.</summary>
    public IMongoClient Client { get; }

    /// <summary>The connection's database.</summary>
    public IMongoDatabase Database { get; }

    /// <summary>What the server knows the session by.</summary>
    public BsonDocument Id => _session.ServerSession.Id;

    /// <summary>The driver's session, for what takes part in its transaction.</summary>
    public IClientSessionHandle Handle => _session;

    public static async Task<MongoDbSession> StartAsync(IMongoClient client, string database, CancellationToken cancellation) =>
        new(client, client.GetDatabase(database), await client.StartSessionAsync(cancellationToken: cancellation).ConfigureAwait(false));

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="limit">How long it may run; <see cref="TimeSpan.Zero"/> for as long as it takes.</param>
    /// <param name="cancellation">Stops it on the server.</param>
    /// <returns>What the server replied.</returns>
    /// <exception cref="CommandFailure">The reply says that a write of it failed.</exception>
    /// <exception cref="MongoException">The server refused it, or the connection broke.</exception>
    public async Task<BsonDocument> RunAsync(MongoDbCommand command, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            var database = command.Database is { } other ? Client.GetDatabase(other) : Database;
            var reply = await database.RunCommandAsync<BsonDocument>(_session, command.WithLimit(limit), cancellationToken: cancellation).ConfigureAwait(false);
            CommandFailure.Check(reply);
            return reply;
        }
        catch (OperationCanceledException)
        {
            // A server goes on with a command when its client only stops listening.
            await EndAsync(Id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Begins a transaction.</summary>
    public void Begin() => _session.StartTransaction(Options);

    /// <summary>
    /// Does work in a transaction, and does it again where the server asks for that: so it does when a collection has only just been created,
    /// or when somebody else is changing the same document.
    /// </summary>
    /// <param name="work">The work, which may be done several times, and stands once.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UncertainCommit">The server did not answer the commit.</exception>
    public async Task TransactAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        // Not the driver's own loop: within it, no command hears of a cancellation.
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            Begin();
            try
            {
                await work(cancellation).ConfigureAwait(false);
                await CommitAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (MongoException exception) when (exception.HasErrorLabel(Transient) && Stopwatch.GetElapsedTime(startedAt) < RetryTime)
            {
                await RollBackAsync().ConfigureAwait(false);
                await Task.Delay(RetryPause, cancellation).ConfigureAwait(false);
            }
            finally
            {
                await RollBackAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Commits the transaction that is open, and sends that again where its outcome is not known: it is done once.</summary>
    /// <param name="cancellation">Does not stop a commit that is on its way, whose outcome nobody would know; it is waited for a little longer.</param>
    /// <exception cref="UncertainCommit">The server did not answer.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(CommitPatience);
        await using var registration = cancellation.Register(() => patience.CancelAfter(StopPatience)).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _session.CommitTransactionAsync(patience.Token).ConfigureAwait(false);
                return;
            }
            catch (MongoException exception) when (exception.HasErrorLabel(UnknownCommit) && attempt < CommitAttempts && !cancellation.IsCancellationRequested)
            {
                // It is sent again.
            }
            catch (MongoException exception) when (exception.HasErrorLabel(UnknownCommit))
            {
                throw await EndUncertainAsync(MongoDbErrors.Problem(exception), exception).ConfigureAwait(false);
            }
            catch (Exception exception) when (attempt > 1 && MongoDbErrors.IsConnectionLoss(exception))
            {
                throw await EndUncertainAsync(MongoDbErrors.Problem(exception), exception).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                throw await EndUncertainAsync(cancellation.IsCancellationRequested ? "The server did not answer the commit before the run was cancelled." : "The server did not answer the commit in time.", exception).ConfigureAwait(false);
            }
        }
    }

    // A commit that never arrived leaves its transaction open, and with it what the next run needs: it is ended before anybody gives the lock back.
    private async Task<UncertainCommit> EndUncertainAsync(string problem, Exception cause)
    {
        var uncertain = new UncertainCommit(problem, cause);
        if (!uncertain.IsCommitted)
        {
            await EndAsync(Id).ConfigureAwait(false);
        }

        return uncertain;
    }

    /// <summary>Rolls back the transaction that is open, if one is.</summary>
    public async Task RollBackAsync()
    {
        if (_session.IsInTransaction)
        {
            try
            {
                await _session.AbortTransactionAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                // What does not reach the server any more, the server rolls back by itself.
            }
        }
    }

    /// <summary>Ends a session on the server, with the command that it runs and the transaction that it has open.</summary>
    /// <param name="id">What the server knows it by.</param>
    public async Task EndAsync(BsonDocument id)
    {
        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            var admin = Client.GetDatabase("admin");
            await admin.RunCommandAsync<BsonDocument>(new BsonDocument("killSessions", new BsonArray { id }), cancellationToken: patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException or OperationCanceledException)
        {
            // The server ends it by itself, later.
        }
    }

    public void Dispose() => _session.Dispose();
}
