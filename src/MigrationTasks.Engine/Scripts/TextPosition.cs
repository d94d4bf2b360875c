namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// A place in a text. A line ends with LF, CR or CR LF; a column is a code point, so that a tab is one and a character
/// outside the basic plane is one.
/// </summary>
public readonly record struct TextPosition
{
    /// <summary>The start of a text.</summary>
    public static readonly TextPosition Start = new(1, 1, 0, false);

    private readonly bool _afterCarriageReturn;

    private TextPosition(int line, int column, long offset, bool afterCarriageReturn)
    {
        Line = line;
        Column = column;
        Offset = offset;
        _afterCarriageReturn = afterCarriageReturn;
    }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1 in code points.</summary>
    public int Column { get; }

    /// <summary>The distance from the start of the text in UTF-16 code units.</summary>
    public long Offset { get; }

    /// <summary>The place right after some text that starts here.</summary>
    /// <param name="text">The text to step over; it may end or start in the middle of a CR LF.</param>
    public TextPosition Advance(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return this;
        }

        var offset = Offset + text.Length;
        var lastBreak = text.LastIndexOfAny('\n', '\r');
        if (lastBreak < 0)
        {
            return new TextPosition(Line, Column + CodePoints(text), offset, false);
        }

        var breaks = LineBreaks(text) - (_afterCarriageReturn && text[0] == '\n' ? 1 : 0);
        return new TextPosition(Line + breaks, 1 + CodePoints(text[(lastBreak + 1)..]), offset, text[^1] == '\r');
    }

    private static int LineBreaks(ReadOnlySpan<char> text)
    {
        var lineFeeds = text.Count('\n');
        var returns = text.Count('\r');
        return returns == 0 ? lineFeeds : lineFeeds + returns - text.Count("\r\n");
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var firstSurrogate = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (firstSurrogate < 0)
        {
            return text.Length;
        }

        var count = text.Length;
        for (var index = firstSurrogate + 1; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text[index - 1], text[index]))
            {
                count--;
            }
        }

        return count;
    }
}
