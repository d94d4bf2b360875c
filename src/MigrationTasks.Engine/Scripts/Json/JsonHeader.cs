using System.Text;
using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>
/// The header of a JSON script: the first document of its array, whose one field is <c>$migration</c>.
/// </summary>
internal static class JsonHeader
{
    /// <summary>The field.</summary>
    public const string Field = "$migration";

    /// <summary>Reads a header.</summary>
    /// <param name="part">The document, as the file has it.</param>
    /// <param name="file">The file's path.</param>
    /// <exception cref="MigrationException">MIG2033 when a field means nothing, or holds what it cannot.</exception>
    public static MigrationHeader Read(JsonPart part, string? file)
    {
        var bytes = Encoding.UTF8.GetBytes(part.Text);
        var places = new JsonPlaces(part, bytes, file);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        reader.Read();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Errors.MigrationDocument(places.Of(reader.TokenStartIndex), "What $migration holds is a document: { \"$migration\": { \"description\": \"add users\" } }.");
        }

        var header = new HeaderBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = places.Of(reader.TokenStartIndex);
            var name = reader.GetString()!;
            reader.Read();
            var row = MigrationHeader.Rows.FirstOrDefault(row => row.Field == name)
                ?? throw Errors.UnknownMigrationField(place, name, [.. MigrationHeader.Rows.Select(row => row.Field).OfType<string>()]);
            header.Add(row, name, row.Kind switch
            {
                HeaderKind.Text => [Text(ref reader, places, $"{name} of $migration is a string.")],
                HeaderKind.Statements => Statements(ref reader, name, places),
                _ => Lines(ref reader, name, places),
            });
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject
            ? header.Build([])
            : throw Errors.MigrationDocument(places.Of(reader.TokenStartIndex), "The document with $migration holds nothing else. Put the command into a document of its own, after it.");
    }

    private static HeaderLine Text(ref Utf8JsonReader reader, JsonPlaces places, string expected)
    {
        var place = places.Of(reader.TokenStartIndex);
        return reader.TokenType == JsonTokenType.String ? new HeaderLine(reader.GetString()!, place.Line, place.Column) : throw Errors.MigrationDocument(place, expected);
    }

    private static List<HeaderLine> Lines(ref Utf8JsonReader reader, string name, JsonPlaces places)
    {
        var expected = $"{name} of $migration is a string, or an array of strings.";
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [Text(ref reader, places, expected)];
        }

        var lines = new List<HeaderLine>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            lines.Add(Text(ref reader, places, expected));
        }

        return lines;
    }

    private static HeaderLine[] Statements(ref Utf8JsonReader reader, string name, JsonPlaces places)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            throw Errors.MigrationDocument(places.Of(start), $"{name} of $migration is a command, or an array of commands.");
        }

        var isEmpty = reader.TokenType == JsonTokenType.StartArray;
        for (var depth = reader.CurrentDepth; reader.Read() && reader.CurrentDepth > depth;)
        {
            isEmpty = false;
        }

        return isEmpty ? [] : places.LinesOf(start, (int)reader.BytesConsumed);
    }
}
