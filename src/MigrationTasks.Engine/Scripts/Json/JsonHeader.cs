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

    private const string None = "none";
    private static readonly string[] Fields = ["description", "created", "requires", "rollback", "transaction", "lint"];

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

        var header = MigrationHeader.Empty;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = places.Of(reader.TokenStartIndex);
            var name = reader.GetString()!;
            reader.Read();
            header = name switch
            {
                "description" => header with { Title = Text(ref reader, name, places) },
                "created" => header with { Created = Text(ref reader, name, places) },
                "requires" => header with { Requires = [.. Lines(ref reader, name, places).Select(line => line.Text)] },
                "rollback" => header with { RollbackLines = Rollback(ref reader, places) },
                "transaction" => WithTransaction(header, ref reader, places),
                "lint" => header with { LintLines = Lines(ref reader, name, places) },
                _ => throw Errors.UnknownMigrationField(place, name, Fields),
            };
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject
            ? header
            : throw Errors.MigrationDocument(places.Of(reader.TokenStartIndex), "The document with $migration holds nothing else. Put the command into a document of its own, after it.");
    }

    private static MigrationHeader WithTransaction(MigrationHeader header, ref Utf8JsonReader reader, JsonPlaces places)
    {
        var place = places.Of(reader.TokenStartIndex);
        var value = Text(ref reader, "transaction", places);
        return value == None
            ? header with { IsTransactional = false }
            : header with { Problems = [.. header.Problems, new HeaderProblem(place.Line, "transaction", value, None, place.Column)] };
    }

    private static string Text(ref Utf8JsonReader reader, string name, JsonPlaces places) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : throw Errors.MigrationDocument(places.Of(reader.TokenStartIndex), $"{name} of $migration is a string.");

    private static List<HeaderLine> Lines(ref Utf8JsonReader reader, string name, JsonPlaces places)
    {
        var lines = new List<HeaderLine>();
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        if (!isArray)
        {
            Add(ref reader);
            return lines;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Add(ref reader);
        }

        return lines;

        void Add(ref Utf8JsonReader reader)
        {
            var place = places.Of(reader.TokenStartIndex);
            lines.Add(reader.TokenType == JsonTokenType.String
                ? new HeaderLine(reader.GetString()!, place.Line, place.Column)
                : throw Errors.MigrationDocument(place, $"{name} of $migration is a string, or an array of strings."));
        }
    }

    private static HeaderLine[] Rollback(ref Utf8JsonReader reader, JsonPlaces places)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            throw Errors.MigrationDocument(places.Of(start), "rollback of $migration is a command, or an array of commands.");
        }

        var isEmpty = reader.TokenType == JsonTokenType.StartArray;
        for (var depth = reader.CurrentDepth; reader.Read() && reader.CurrentDepth > depth;)
        {
            isEmpty = false;
        }

        return isEmpty ? [] : places.LinesOf(start, (int)reader.BytesConsumed);
    }
}
