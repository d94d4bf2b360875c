using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace MigrationTasks.MongoDb;

/// <summary>Writes values as mongosh reads them, for commands that somebody is told to run and for scripts.</summary>
internal static class MongoShell
{
    /// <summary>What starts a line that is a comment.</summary>
    public const string Comment = "//";

    /// <summary>The field of a document that the shell would not read as it is: an array of its fields, each with its value.</summary>
    public const string InOrder = "$inOrder";

    // What a document of these names would be to who reads Extended JSON, or to the shell: another value, without its other fields.
    private static readonly HashSet<string> NamesOfValues = new(
        [
            "$binary", "$code", "$date", "$dbPointer", "$maxKey", "$minKey", "$numberDecimal", "$numberDouble", "$numberInt", "$numberLong", "$oid", "$ref",
            "$regex", "$regularExpression", "$symbol", "$timestamp", "$undefined", "$uuid", "__proto__", "_bsontype", InOrder,
        ],
        StringComparer.Ordinal);

    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };

    /// <summary>A text in quotes.</summary>
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>A document as canonical Extended JSON, which alone tells the types of all numbers, in a literal of JavaScript.</summary>
    public static string Literal(BsonDocument document)
    {
        var json = Ordered(document).ToJson(Canonical);
        return $"`{json.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal)}`";
    }

    private static BsonValue Ordered(BsonValue value) => value switch
    {
        BsonDocument document when IsReadAsItIs(document) => new BsonDocument(document.Select(field => new BsonElement(field.Name, Ordered(field.Value)))),
        BsonDocument document => new BsonDocument(InOrder, new BsonArray(document.Select(field => new BsonArray { field.Name, Ordered(field.Value) }))),
        BsonArray array => new BsonArray(array.Select(Ordered)),
        _ => value,
    };

    // Names that are whole numbers come first in an object of JavaScript, the smallest first.
    private static bool IsReadAsItIs(BsonDocument document)
    {
        var numbers = document.Names.Select(NumberOf).ToList();
        return numbers.SequenceEqual(numbers.Order()) && !document.Names.Any(NamesOfValues.Contains);
    }

    private static uint NumberOf(string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == name ? number : uint.MaxValue;
}
