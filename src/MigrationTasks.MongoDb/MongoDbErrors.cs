using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>Turns what the driver throws into what is reported.</summary>
internal static class MongoDbErrors
{
    private const int AuthenticationFailed = 18;
    private const int TimeLimitExceeded = 50;
    private const int TransactionTooLarge = 257;
    private const int TransactionTooLong = 290;
    private const int OutOfDiskSpace = 14031;

    // A limit of time, or somebody, ended it where it was.
    private static readonly int[] Stopped = [TimeLimitExceeded, 262, 11601];

    /// <summary>The codes of a server that stops, or is no primary any more, in the middle of what it was asked for.</summary>
    public static readonly IReadOnlyList<int> Interrupted = [11600, 11602, 91, 189];

    /// <summary>Whether it is something that the server, the way to it, or what it is sent is to blame for.</summary>
    public static bool IsOfServer(Exception exception) => exception is MongoException or TimeoutException or CommandFailure or UncertainCommit or BsonException;

    /// <summary>Whether the connection broke or the server stopped: nobody knows then whether it did what it was asked for.</summary>
    public static bool IsConnectionLoss(Exception exception) =>
        exception is UncertainCommit or MongoConnectionException or TimeoutException or MongoNotPrimaryException or MongoNodeIsRecoveringException || HasStopped(exception);

    /// <summary>
    /// Whether a command that the server answered may stand all the same, or a part of it, when it runs outside a transaction: it was stopped
    /// half-way, a part was done before a document of it failed, or too few members confirmed what is done.
    /// </summary>
    public static bool MayStand(Exception exception) =>
        exception is CommandFailure { IsPartlyDone: true } or MongoWriteConcernException || Stopped.Contains(CodeOf(exception));

    /// <summary>Whether the server said that it stops, or is no primary any more.</summary>
    public static bool HasStopped(Exception exception) => Interrupted.Contains(CodeOf(exception));

    /// <summary>For a connection that could not be made.</summary>
    public static MigrationException ForConnecting(Exception exception, IMongoClient client, MongoDbConfig config)
    {
        var variable = config.Settings.Variable;
        var chain = exception.WithCauses().ToList();
        if (chain.Find(cause => cause is MongoAuthenticationException || cause is MongoCommandException { Code: AuthenticationFailed }) is { } refused)
        {
            var said = chain.OfType<MongoCommandException>().FirstOrDefault();
            return Errors.AuthenticationFailed(config.Target, variable, said is null ? "the server did not accept the user and the password." : Problem(said), refused);
        }

        // That no server answered in time says nothing about the reason; what the driver met on its way to them does.
        chain.AddRange(client.Cluster.Description.Servers.Select(server => server.HeartbeatException).OfType<Exception>().SelectMany(Causes.WithCauses));
        if (chain.Find(cause => cause is AuthenticationException) is { } tls)
        {
            return Errors.TlsFailed(config.Target, variable, Sentence.Of(tls.Message), tls, "tls and its options");
        }

        // The driver strikes off every server that is of another set or of none, until none is left to be asked.
        if (exception is TimeoutException && client.Settings.ReplicaSetName is { } set && client.Cluster.Description.Servers.Count == 0)
        {
            return Errors.ConnectionFailed(
                config.Target, variable, $"the servers that answer there are not members of the replica set {set}.", exception, $"Is replicaSet in {variable} right? On a server, rs.status().set in mongosh tells it.");
        }

        var problem = chain.Find(cause => cause is SocketException or MongoIncompatibleDriverException)?.Message
            ?? (exception is TimeoutException ? $"no server answered within {Seconds(client.Settings.ServerSelectionTimeout)}" : FirstLine(chain[^1].Message));
        return Errors.ConnectionFailed(config.Target, variable, Sentence.Of(problem), exception);
    }

    /// <summary>For what MigrationTasks itself asks the server.</summary>
    public static MigrationException ForOwn(Exception exception, MongoDbConfig config, string action, SourceLocation location = default, string consequence = "") =>
        Common(exception, config, location, consequence) ?? Errors.DatabaseRefused(config.Target, action, Problem(exception), exception, "Has the user the role readWrite there?");

    /// <summary>For a command that somebody wrote.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="config">The database.</param>
    /// <param name="location">The command.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="ownLimit">The <c>maxTimeMS</c> that the command itself has.</param>
    public static MigrationException ForCommand(Exception exception, MongoDbConfig config, SourceLocation location, string consequence, TimeSpan? ownLimit = null) => CodeOf(exception) switch
    {
        TimeLimitExceeded => TimeLimit(exception, config, location, consequence, ownLimit),
        TransactionTooLarge or TransactionTooLong => Errors.TransactionLimit(location, Problem(exception), consequence, exception),
        _ => Common(exception, config, location, consequence) ?? Errors.StatementFailed(location, Problem(exception), consequence, exception),
    };

    // A limit that the command brings comes before the project's; without either, the server has one of its own.
    private static MigrationException TimeLimit(Exception exception, MongoDbConfig config, SourceLocation location, string consequence, TimeSpan? ownLimit) => ownLimit is { } own
        ? Errors.CommandTimeout(location, own, consequence, exception, "command", "Its own maxTimeMS says so: raise it there, or remove it.")
        : config.Settings.CommandTimeout > TimeSpan.Zero
            ? Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, exception, "command")
            : Errors.CommandTimeout(location, null, consequence, exception, "command");

    private static MigrationException? Common(Exception exception, MongoDbConfig config, SourceLocation location, string consequence) => exception switch
    {
        _ when CodeOf(exception) == OutOfDiskSpace => Errors.DiskFull(location, config.Target, Problem(exception), consequence, exception),
        UncertainCommit { IsCommitted: true } => Errors.CommitUnconfirmed(location, config.Target, Problem(exception), exception),
        UncertainCommit => Errors.ConnectionLost(location, config.Target, Problem(exception), "Whether the last transaction was committed is not known; the history tells.", exception),
        _ when IsConnectionLoss(exception) => Errors.ConnectionLost(location, config.Target, Problem(exception), consequence, exception),
        _ => null,
    };

    private static int CodeOf(Exception exception) => exception switch
    {
        CommandFailure failure => failure.Code,
        MongoWriteConcernException unconfirmed => ConcernOf(unconfirmed).GetValue("code", 0).ToInt32(),
        MongoCommandException command => command.Code,
        MongoExecutionTimeoutException timeout => timeout.Code <= 0 ? TimeLimitExceeded : timeout.Code,
        MongoWriteException { WriteError: { } error } => error.Code,
        _ => 0,
    };

    /// <summary>What the server said, as a sentence.</summary>
    public static string Problem(Exception exception) => exception switch
    {
        MongoWriteConcernException unconfirmed => Sentence.Of(string.Create(
            CultureInfo.InvariantCulture, $"It is done, but not confirmed: {ConcernOf(unconfirmed).GetValue("errmsg", "too few members answered")} (code {CodeOf(unconfirmed)})")),
        MongoCommandException command => Sentence.Of(string.Create(CultureInfo.InvariantCulture, $"{command.ErrorMessage} ({(string.IsNullOrEmpty(command.CodeName) ? "code" : command.CodeName)} {command.Code})")),
        TimeoutException => Sentence.NoAnswer,
        MongoConnectionException => Sentence.Of(FirstLine(exception.WithCauses().Last().Message)),
        _ => Sentence.Of(FirstLine(exception.Message)),
    };

    // The driver's own properties are about the reply as a whole, which is a success.
    private static BsonDocument ConcernOf(MongoWriteConcernException exception) =>
        exception.WriteConcernResult?.Response?.GetValue("writeConcernError", new BsonDocument()) as BsonDocument ?? [];

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s";

    // The driver's messages go on with the state of the cluster and with stack traces.
    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
