using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>
/// Migrations that are JSON: a command, or an array of commands, each a document whose first field names it. The first document
/// of an array may be the header, <c>{ "$migration": { … } }</c>. What the commands are is the database's business.
/// </summary>
public abstract class JsonCommandLanguage : ScriptLanguage
{
    /// <inheritdoc/>
    public override string FileExtension => ".json";

    /// <inheritdoc/>
    public override string StartFile(string title, DateOnly created) => $$"""
        [
          {
            "$migration": {
              "description": "{{Escape(title)}}",
              "created": "{{created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}",
              "rollback": []
            }
          }
        ]

        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public override MigrationHeader? ReadHeader(TextReader text, string? file, bool isCut)
    {
        using var reader = new JsonPartReader(text, file, []);
        var part = reader.ReadHeader(isCut, out var isWhole);
        return part is not null ? JsonHeader.Read(part, file) : isWhole ? MigrationHeader.Empty : null;
    }

    /// <inheritdoc/>
    /// <exception cref="MigrationException">
    /// MIG2031 (no JSON), MIG2032 (a field twice), MIG2033 (a misplaced header), MIG2034 (no command) or MIG2035 (a command that may
    /// not run), at its place; thrown when the enumeration gets there.
    /// </exception>
    public override IEnumerable<ScriptStatement> ReadStatements(TextReader text, string? file, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        var substitutions = new List<Substitution>();
        using var reader = new JsonPartReader(placeholders.Encode(Escape).Substitute(text, substitutions), file, substitutions);
        foreach (var (index, part) in reader.ReadAll().Index())
        {
            if (part.IsHeader && reader.IsArray && index == 0)
            {
                JsonHeader.Read(part, file);
                continue;
            }

            yield return Command(part, file);
        }
    }

    /// <summary>Values stand in strings, and are written as such: what is a quote in them does not end the string.</summary>
    /// <inheritdoc/>
    public override string Replace(string text, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        return placeholders.Encode(Escape).Replace(text);
    }

    /// <summary>Judges a command.</summary>
    /// <param name="name">Its name: the first field.</param>
    /// <param name="text">The whole document, which is valid JSON.</param>
    /// <param name="location">Where it stands.</param>
    /// <returns>What it means for a transaction.</returns>
    /// <exception cref="MigrationException">MIG2034 when it is none that the database could read; MIG2035 when it may not run.</exception>
    protected abstract StatementKind Classify(string name, string text, SourceLocation location);

    /// <inheritdoc/>
    protected internal override string Summarize(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = int.MaxValue });
            var name = reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "the command";
            return PlainText.Of(reader.Read() && reader.TokenType == JsonTokenType.String ? $"{name} {reader.GetString()}" : name);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A placeholder stands where no text can.
            return "the command";
        }
    }

    /// <inheritdoc/>
    protected internal override void AppendTokens(string text, TokenChecksum checksum)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(checksum);
        JsonTokenChecksum.Append(text, checksum);
    }

    private ScriptStatement Command(JsonPart part, string? file)
    {
        var bytes = Encoding.UTF8.GetBytes(part.Text);
        var places = new JsonPlaces(part, bytes, file);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            throw Errors.NotACommand(places.Of(0), "An empty document is no command. Remove it.");
        }

        var name = reader.GetString()!;
        for (; reader.TokenType == JsonTokenType.PropertyName; reader.Read())
        {
            if (reader.ValueTextEquals(JsonHeader.Field))
            {
                throw Errors.MigrationDocument(places.Of(reader.TokenStartIndex), "$migration belongs in a document of its own, the first of the file's array: [ { \"$migration\": { … } }, { … } ].");
            }

            reader.Read();
            reader.Skip();
        }

        return new ScriptStatement(part.Text, part.Position, Classify(name, part.Text, places.Of(0)), this, part.Substitutions, null);
    }

    private static string Escape(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
}
