using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>The documents that are the history's rows, what finds them, and what changes them, whoever sends that.</summary>
internal static class HistoryDocument
{
    /// <summary>The key, which is the migration's name.</summary>
    public const string Id = "_id";

    /// <summary>Whose a migration in work is: a run whose lock expired may still be at it, and must not write any more.</summary>
    public const string Owner = "owner";

    /// <summary>A row.</summary>
    public static BsonDocument Of(HistoryRow row)
    {
        var document = new BsonDocument(Id, row.Name);
        foreach (var (column, value) in HistorySchema.ValuesOf(row))
        {
            document.Add(column, BsonValues.Of(value));
        }

        return document;
    }

    /// <summary>Finds a row by its name.</summary>
    public static BsonDocument Named(string name) => new(HistorySchema.Name, name);

    /// <summary>Finds a row by its name as long as it is somebody's.</summary>
    public static BsonDocument Named(string name, string owner) => new() { { HistorySchema.Name, name }, { Owner, owner } };

    /// <summary>Finds a row as long as its checksum is as it was read.</summary>
    public static BsonDocument AsRead(HistoryRow row) => Named(row.Name).Add(HistorySchema.Checksum, BsonValues.Of(row.Checksum));

    /// <summary>What a row of a migration in work gets when so many commands stand.</summary>
    /// <param name="done">How many.</param>
    /// <param name="checksum">The checksum of their tokens; <see langword="null"/> to leave the row's as it is.</param>
    public static BsonDocument Progress(int done, string? checksum)
    {
        var values = new BsonDocument(HistorySchema.StatementsDone, (long)done);
        return checksum is null ? values : values.Add(HistorySchema.TokenChecksum, checksum);
    }

    /// <summary>What it gets when it stopped.</summary>
    public static BsonDocument End(HistoryStatus status) => new() { { HistorySchema.Status, HistorySchema.TextOf(status) }, { Owner, BsonNull.Value } };

    /// <summary>What it gets when it is applied.</summary>
    public static BsonDocument Finish(Migration migration, DateTimeOffset startedAt, TimeSpan duration) => new()
    {
        { HistorySchema.Status, HistorySchema.TextOf(HistoryStatus.Applied) },
        { HistorySchema.Duration, (long)duration.TotalMilliseconds },
        { HistorySchema.ExecutedAt, startedAt.UtcDateTime },
        { HistorySchema.Checksum, migration.Checksum },
        { HistorySchema.TokenChecksum, BsonValues.Of(migration.ReadTokenChecksum()) },
        { HistorySchema.Rollback, BsonValues.Of(migration.Rollback) },
        { Owner, BsonNull.Value },
    };
}
