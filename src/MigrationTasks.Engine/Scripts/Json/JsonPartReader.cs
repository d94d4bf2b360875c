using System.Text;
using System.Text.Json;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>
/// Reads a script that is one JSON document or an array of them, and holds no more of it than the document that it is at.
/// </summary>
/// <param name="text">The script.</param>
/// <param name="file">The file's path, for error messages only.</param>
/// <param name="substitutions">The placeholders that have their values in it; the text adds each as it is read.</param>
/// <param name="windowSize">How many characters are read at once, at least.</param>
internal sealed class JsonPartReader(TextReader text, string? file, List<Substitution> substitutions, int windowSize = 64 * 1024) : IDisposable
{
    // Deeper than any database takes, so that what is too deep is told in the database's own words.
    private const int MaximumDepth = 256;

    private readonly ScriptWindow _window = new(text, substitutions, windowSize);
    private readonly JsonFieldNames _names = new();

    private byte[] _bytes = [];
    private int _next;
    private int _end;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaximumDepth });

    // Where the reader's own count of lines stands at _next.
    private long _lineFeeds;
    private long _bytesInLine;

    private bool _isArray;
    private bool _hasStarted;
    private bool _isComplete;
    private int _parts;

    /// <summary>Whether the script is an array.</summary>
    public bool IsArray => _isArray;

    /// <summary>Reads all documents.</summary>
    /// <exception cref="MigrationException">MIG2031, MIG2032 and MIG2034; thrown when the enumeration gets there.</exception>
    public IEnumerable<JsonPart> ReadAll()
    {
        do
        {
            Fill();
            while (ReadNext(headerOnly: false, out _) is { } part)
            {
                yield return part;
            }
        }
        while (!_window.IsFinal);
    }

    /// <summary>Reads the first document, when it is an array's and its first field is <c>$migration</c>.</summary>
    /// <param name="isCut">Whether the script goes on behind the text.</param>
    /// <param name="isWhole">Whether there was enough of the text to tell.</param>
    /// <exception cref="MigrationException">MIG2031 and MIG2032 in that document.</exception>
    public JsonPart? ReadHeader(bool isCut, out bool isWhole)
    {
        do
        {
            Fill();
            try
            {
                if (ReadNext(headerOnly: true, out isWhole) is { } part)
                {
                    return part;
                }
            }
            catch (MigrationException) when (isCut && _window.IsFinal)
            {
                // The text may only seem to be wrong where it is cut.
                isWhole = false;
                return null;
            }
        }
        while (!isWhole && !_window.IsFinal);
        isWhole |= !isCut;
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _window.Dispose();

    private void Fill()
    {
        _window.Fill();
        var characters = _window.Text;

        // The second half of the pair comes with the next filling.
        characters = !_window.IsFinal && characters is [.., var last] && char.IsHighSurrogate(last) ? characters[..^1] : characters;
        _bytes = new byte[Encoding.UTF8.GetByteCount(characters)];
        _end = Encoding.UTF8.GetBytes(characters, _bytes);
        _next = 0;
    }

    private JsonPart? ReadNext(bool headerOnly, out bool isDecided)
    {
        isDecided = false;
        if (!_hasStarted && _window.IsFinal && _bytes.AsSpan(_next, _end - _next).Trim(" \t\r\n"u8).IsEmpty)
        {
            // Nothing to run.
            return null;
        }

        var reader = new Utf8JsonReader(_bytes.AsSpan(_next, _end - _next), _window.IsFinal, _state);
        try
        {
            while (!_isComplete && reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray when !_hasStarted:
                        (_isArray, _hasStarted) = (true, true);
                        Take((int)reader.BytesConsumed, reader.CurrentState);
                        return ReadNext(headerOnly, out isDecided);
                    case JsonTokenType.EndArray:
                        _isComplete = true;
                        Take((int)reader.BytesConsumed, reader.CurrentState);
                        return ReadNext(headerOnly, out isDecided);
                    case JsonTokenType.StartObject:
                        return ReadDocument(ref reader, headerOnly, out isDecided);
                    default:
                        throw Errors.NotACommand(PlaceOf((int)reader.TokenStartIndex), _hasStarted
                            ? "An element of the array is no document. Each is a command, such as { \"create\": \"users\" }."
                            : "The file is neither a command, such as { \"create\": \"users\" }, nor an array of commands.");
                }
            }

            if (_isComplete)
            {
                // Says whether anything but white space follows.
                reader.Read();
            }

            return null;
        }
        catch (JsonException exception)
        {
            throw Errors.InvalidJson(PlaceOf(OffsetOf(exception)), ProblemOf(exception));
        }
    }

    private JsonPart? ReadDocument(ref Utf8JsonReader reader, bool headerOnly, out bool isDecided)
    {
        isDecided = false;
        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        var isHeader = false;
        _names.Clear();
        for (var token = 0; reader.Read(); token++)
        {
            if (!_names.Accept(ref reader, out var duplicate))
            {
                var place = PlaceOf((int)reader.TokenStartIndex);
                throw duplicate is null
                    ? Errors.InvalidJson(place, "this is one half of a character that takes two.")
                    : Errors.DuplicateField(place, WithoutValues(duplicate));
            }

            if (token == 0)
            {
                isHeader = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(JsonHeader.Field);
                if (headerOnly && !(isHeader && _isArray))
                {
                    isDecided = true;
                    return null;
                }
            }

            if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth)
            {
                isDecided = true;
                return Complete(start, (int)reader.BytesConsumed, reader.CurrentState, isHeader);
            }
        }

        return null;
    }

    private JsonPart Complete(int start, int end, JsonReaderState state, bool isHeader)
    {
        var bytes = _bytes.AsSpan(_next, end);
        var before = Encoding.UTF8.GetCharCount(bytes[..start]);
        var position = _window.PositionOf(before);
        var document = Encoding.UTF8.GetString(bytes[start..]);
        _hasStarted = true;
        _parts++;
        _isComplete = !_isArray;
        Take(end, state);
        return new JsonPart(document, position, _window.SubstitutionsFrom(position), isHeader);
    }

    private void Take(int bytes, JsonReaderState state)
    {
        var taken = _bytes.AsSpan(_next, bytes);
        _window.Take(Encoding.UTF8.GetCharCount(taken));
        var lineFeed = taken.LastIndexOf((byte)'\n');
        _lineFeeds += taken.Count((byte)'\n');
        _bytesInLine = lineFeed < 0 ? _bytesInLine + bytes : bytes - lineFeed - 1;
        _next += bytes;
        _state = state;
    }

    // The reader counts lines by their line feeds, and bytes in the line, from the start of the script.
    private int OffsetOf(JsonException exception)
    {
        var rest = _bytes.AsSpan(_next, _end - _next);
        var line = 0;
        for (var skip = (exception.LineNumber ?? 0) - _lineFeeds; skip > 0; skip--)
        {
            var lineFeed = rest[line..].IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                return rest.Length;
            }

            line += lineFeed + 1;
        }

        var offset = line + (exception.BytePositionInLine ?? 0) - (line == 0 ? _bytesInLine : 0);
        return (int)Math.Clamp(offset, 0, rest.Length);
    }

    private SourceLocation PlaceOf(int offset)
    {
        var position = _window.PositionOf(Encoding.UTF8.GetCharCount(_bytes.AsSpan(_next, offset)));
        return new SourceLocation(file, position.Line, position.Column);
    }

    // The message quotes the text, and that may be the value of a placeholder.
    private string ProblemOf(JsonException exception)
    {
        if (_window.Substitutions.Length > 0)
        {
            return "a placeholder has its value here or before; outside a string that must be a number, true, false or null.";
        }

        if (exception.Message.Contains("JSON literal", StringComparison.Ordinal))
        {
            // It quotes as much as it has read.
            return "this is no value. A value is a string, a number, true, false, null, a document or an array.";
        }

        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private string WithoutValues(string name) => _window.Substitutions.Length > 0 ? "…" : name;
}
