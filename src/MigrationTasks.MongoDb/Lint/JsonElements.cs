using System.Globalization;
using System.Text.Json;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>Short ways to look into documents of Extended JSON.</summary>
internal static class JsonElements
{
    private static readonly string[] NumberFields = ["$numberInt", "$numberLong", "$numberDouble"];

    /// <summary>A field; an undefined element when there is none, or no document.</summary>
    public static JsonElement Field(this JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A string; <see langword="null"/> when it is none.</summary>
    public static string? Text(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether a number is 0, in any of the forms that numbers have.</summary>
    public static bool IsZero(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.Object => Array.Exists(NumberFields, field => double.TryParse(value.Field(field).Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0),
        _ => false,
    };

    /// <summary>Whether it is a document without fields.</summary>
    public static bool IsEmptyDocument(this JsonElement value) => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any();

    /// <summary>A string, or the strings of an array.</summary>
    public static IEnumerable<string> Texts(this JsonElement value) =>
        value.Text() is { } text ? [text] : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text).OfType<string>() : [];
}
