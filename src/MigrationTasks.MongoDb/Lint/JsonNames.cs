using System.Text;
using System.Text.Json;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>How messages show the strings of a document: with placeholders, whose values are nobody's business.</summary>
/// <param name="statement">The document.</param>
internal sealed class JsonNames(ScriptStatement statement)
{
    private readonly Dictionary<string, string> _written = statement.HasPlaceholders ? Read(statement) : [];

    /// <summary>A string of the document as a name.</summary>
    public SqlPart Of(string value) => new(value, _written.GetValueOrDefault(value, value));

    /// <summary>A value that is no string, as messages show it.</summary>
    public string Shown(JsonElement value) => statement.HasPlaceholders ? "…" : value.GetRawText();

    /// <summary>The end of a string of the document as a name; what stands before it may hold a placeholder too.</summary>
    public SqlPart Behind(string value, int start)
    {
        var written = _written.GetValueOrDefault(value, value);
        return new SqlPart(value[start..], written == value ? value[start..] : written[(written.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    private static Dictionary<string, string> Read(ScriptStatement statement)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = statement.Places;
        var bytes = Encoding.UTF8.GetBytes(statement.Text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var (offset, index) = (0, 0);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                var start = (int)reader.TokenStartIndex + 1;
                index += Encoding.UTF8.GetCharCount(bytes.AsSpan(offset..start));
                offset = start;
                var shown = places.Written(index, Encoding.UTF8.GetCharCount(reader.ValueSpan));
                var value = reader.GetString()!;

                // Where the same stands there with a placeholder and without, it is shown with.
                if (shown != value)
                {
                    written[value] = shown;
                }
            }
        }

        return written;
    }
}
