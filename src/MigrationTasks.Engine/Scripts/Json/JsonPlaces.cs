using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Scripts.Json;

/// <summary>Tells where the parts of a document stand in its file. It is asked from front to back.</summary>
/// <param name="part">The document.</param>
/// <param name="bytes">Its text in UTF-8.</param>
/// <param name="file">The file's path.</param>
internal sealed class JsonPlaces(JsonPart part, byte[] bytes, string? file)
{
    private readonly TextPlaces _places = new(part.Text, part.Position, part.Substitutions);
    private int _lastByte;
    private int _lastIndex;

    /// <summary>The place of a byte.</summary>
    public SourceLocation Of(long offset)
    {
        var position = PositionOf((int)offset);
        return new SourceLocation(file, position.Line, position.Column);
    }

    /// <summary>The lines of a part, each with the place where it starts.</summary>
    public HeaderLine[] LinesOf(int start, int end)
    {
        var position = PositionOf(start);
        var lines = new List<HeaderLine>();
        foreach (var line in Encoding.UTF8.GetString(bytes.AsSpan(start..end)).ReplaceLineEndings("\n").Split('\n'))
        {
            lines.Add(lines.Count == 0 ? new HeaderLine(line, position.Line, position.Column) : new HeaderLine(line, position.Line + lines.Count, 1));
        }

        return [.. lines];
    }

    private TextPosition PositionOf(int offset)
    {
        if (offset < _lastByte)
        {
            (_lastByte, _lastIndex) = (0, 0);
        }

        _lastIndex += Encoding.UTF8.GetCharCount(bytes.AsSpan(_lastByte..offset));
        _lastByte = offset;
        return _places.Of(_lastIndex);
    }
}
