using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>Values of rows as the engine has them, and as BSON has them.</summary>
internal static class BsonValues
{
    /// <summary>A value as BSON.</summary>
    public static BsonValue Of(object? value) => value switch
    {
        null => BsonNull.Value,
        DateTimeOffset time => new BsonDateTime(time.UtcDateTime),
        Guid guid => new BsonBinaryData(guid, GuidRepresentation.Standard),
        _ => BsonValue.Create(value),
    };

    /// <summary>A value of BSON: a text, a number, a truth value, a time or <see langword="null"/>; anything else as Extended JSON.</summary>
    public static object? ToObject(BsonValue value) => value switch
    {
        BsonNull or BsonUndefined => null,
        BsonString text => text.Value,
        BsonInt32 number => (long)number.Value,
        BsonInt64 number => number.Value,
        BsonDouble number => number.Value,
        BsonBoolean truth => truth.Value,
        BsonDateTime { IsValidDateTime: true } time => new DateTimeOffset(time.ToUniversalTime()),
        BsonDecimal128 number => number.Value.ToString(),
        BsonObjectId id => id.Value.ToString(),
        _ => value.ToJson(),
    };

    /// <summary>A reply as rows: those of its cursor's documents, or the one that it is itself.</summary>
    public static IReadOnlyList<object?> RowOf(BsonDocument document) => [.. document.Values.Select(ToObject)];
}
