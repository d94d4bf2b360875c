using System.Text;
using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>A command that a migration runs.</summary>
/// <param name="Document">What the server is sent.</param>
/// <param name="Database">The database to run it on, when that is not the connection's: <c>$db</c>, as the protocol calls it.</param>
internal sealed record MongoDbCommand(BsonDocument Document, string? Database)
{
    private const string DatabaseField = "$db";
    private const string MaximumTime = "maxTimeMS";

    // As deep as the driver writes them.
    private const int MaximumDepth = 100;

    // What reads and writes documents; all else changes collections, indexes or the server, which no transaction takes back.
    private static readonly HashSet<string> InTransaction =
        new(["aggregate", "delete", "distinct", "find", "findAndModify", "findandmodify", "insert", "update"], StringComparer.Ordinal);

    // A transaction has one for all of its commands.
    private static readonly string[] OwnConcerns = ["readConcern", "writeConcern"];

    // No transaction reads or writes these.
    private static readonly HashSet<string> DatabasesOfServer = new(["admin", "config", "local"], StringComparer.Ordinal);

    private static readonly string[] WritingStages = ["$out", "$merge"];

    private static readonly HashSet<string> Forbidden =
        new(["abortTransaction", "commitTransaction", "endSessions", "getMore", "killAllSessions", "killSessions", "logout", "prepareTransaction", "refreshSessions", "startSession"], StringComparer.Ordinal);

    private static readonly string[] ForbiddenFields = ["$clusterTime", "autocommit", "lsid", "startTransaction", "txnNumber"];

    // Run twice, they do no harm.
    private static readonly HashSet<string> RepeatableCommands =
        new(["aggregate", "collMod", "createIndexes", "distinct", "find", "listCollections", "listIndexes", "ping", "validate"], StringComparer.Ordinal);

    /// <summary>The command's name.</summary>
    public string Name => Document.GetElement(0).Name;

    /// <summary>Whether a transaction takes it, and takes it back.</summary>
    public bool FitsTransaction =>
        InTransaction.Contains(Name) && !Array.Exists(OwnConcerns, Document.Contains) && !WritesElsewhere && (Database is null || !DatabasesOfServer.Contains(Database));

    /// <summary>Whether it does no harm when it runs twice.</summary>
    public bool IsRepeatable => RepeatableCommands.Contains(Name) && !WritesElsewhere;

    /// <summary>How long the command itself says that it may run.</summary>
    public TimeSpan? OwnLimit => Document.TryGetValue(MaximumTime, out var limit) && limit.IsNumeric && limit.ToDouble() is > 0 and <= int.MaxValue
        ? TimeSpan.FromMilliseconds(limit.ToDouble())
        : null;

    private bool WritesElsewhere =>
        Document.TryGetValue("pipeline", out var pipeline) && pipeline is BsonArray stages
        && stages.Any(stage => stage is BsonDocument document && Array.Exists(WritingStages, document.Contains));

    /// <summary>What the server is sent when a command may only run for so long, and does not say so itself.</summary>
    /// <param name="limit">How long; <see cref="TimeSpan.Zero"/> for as long as it takes.</param>
    public BsonDocument WithLimit(TimeSpan limit)
    {
        if (limit == TimeSpan.Zero || Document.Contains(MaximumTime))
        {
            return Document;
        }

        var limited = (BsonDocument)Document.DeepClone();
        limited.Add(MaximumTime, (long)limit.TotalMilliseconds);
        return limited;
    }

    /// <summary>Reads a command.</summary>
    /// <param name="text">It as Extended JSON; valid JSON.</param>
    /// <param name="location">Where it stands.</param>
    /// <exception cref="MigrationException">MIG2034 when a value cannot be read; MIG2035 when it may not run.</exception>
    public static MongoDbCommand Read(string text, SourceLocation location)
    {
        var document = Parse(text, location);
        if (document.ElementCount == 0)
        {
            throw Errors.NotACommand(location, "An empty document is no command.");
        }

        var name = document.GetElement(0).Name;
        if (Forbidden.Contains(name))
        {
            throw Errors.CommandNotAllowed(location, name, "sessions and transactions are the run's own. Remove it; a migration whose commands all allow it runs in one transaction by itself.");
        }

        if (Array.Find(ForbiddenFields, document.Contains) is { } field)
        {
            throw Errors.CommandNotAllowed(location, field, "sessions and transactions are the run's own. Remove the field.");
        }

        if (!document.TryGetValue(DatabaseField, out var database))
        {
            return new MongoDbCommand(document, null);
        }

        if (name == DatabaseField || database is not BsonString { Value.Length: > 0 })
        {
            throw Errors.NotACommand(location, "$db names the database to run a command on, and comes after the command: { \"renameCollection\": \"app.a\", \"to\": \"app.b\", \"$db\": \"admin\" }.");
        }

        document.Remove(DatabaseField);
        return new MongoDbCommand(document, database.AsString);
    }

    /// <summary>Reads Extended JSON.</summary>
    /// <exception cref="MigrationException">MIG2034 when a value cannot be read.</exception>
    public static BsonDocument Parse(string text, SourceLocation location)
    {
        try
        {
            var document = BsonDocument.Parse(text);
            return DepthOf(document) <= MaximumDepth ? document : throw new BsonException("Too deep.");
        }
        catch (Exception exception) when (exception is BsonException or FormatException or ArgumentException or OverflowException or InvalidOperationException or InvalidCastException)
        {
            // The parser's message quotes the value, and that may stand in the place of a placeholder.
            throw Errors.NotACommand(location, StartsWithRegex(text)
                ? "A document of this command starts with $regex, which makes it a regular expression, and another operator follows. Put $regex after the other operator, or use $and."
                : "A value of this command is no Extended JSON: what the $ fields such as $oid, $date, $numberLong or $binary hold must be of their form, in canonical or relaxed Extended JSON, and not be nested deeper than 100 documents and arrays.");
        }
    }

    private static bool StartsWithRegex(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject && reader.Read() && IsField(reader, "$regex"u8))
                {
                    SkipField(ref reader);
                    if (IsField(reader, "$options"u8))
                    {
                        SkipField(ref reader);
                    }

                    if (reader.TokenType == JsonTokenType.PropertyName)
                    {
                        return true;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // A query of the API need not be JSON at all.
        }

        return false;

        static bool IsField(Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);

        static void SkipField(ref Utf8JsonReader reader)
        {
            reader.Skip();
            reader.Read();
        }
    }

    private static int DepthOf(BsonValue value) => value switch
    {
        BsonDocument document => 1 + document.Values.Select(DepthOf).DefaultIfEmpty().Max(),
        BsonArray array => 1 + array.Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
