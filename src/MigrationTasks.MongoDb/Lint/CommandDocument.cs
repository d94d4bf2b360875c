using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>A command of MongoDB, as far as lint looks into it.</summary>
/// <param name="Document">The command.</param>
/// <param name="Names">How messages show its names.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record CommandDocument(JsonElement Document, JsonNames Names, SourceLocation Location)
{
    private const string OtherDatabase = "$db";

    /// <summary>Its name: that of its first field.</summary>
    public string Name { get; } = Document.EnumerateObject().First().Name;

    /// <summary>The collection that it is about, when it says so.</summary>
    public SqlName? Collection => Document.Field(Name).Text() is { Length: > 0 } name ? NameOf(name) : null;

    /// <summary>Whether it has a field.</summary>
    public bool Has(string field) => Document.Field(field).ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether a field of it is true.</summary>
    public bool IsTrue(string field) => Document.Field(field).ValueKind == JsonValueKind.True;

    /// <summary>A collection of the database that the command runs on.</summary>
    public SqlName NameOf(string collection) =>
        new(Document.Field(OtherDatabase).Text() is { Length: > 0 } database ? Names.Of(database) : null, Names.Of(collection));

    /// <summary>A collection by its name with the database before it, which is taken for the connection's.</summary>
    public SqlName? NamespaceOf(string field) =>
        Document.Field(field).Text() is { } name && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < name.Length - 1
            ? new SqlName(null, Names.Behind(name, dot + 1))
            : null;

    /// <summary>The documents of an array.</summary>
    public IEnumerable<JsonElement> Documents(string field) =>
        Document.Field(field) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];
}
