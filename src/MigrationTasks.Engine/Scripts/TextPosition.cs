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

    private TextPosition(int line, int column, long offset, bool afterCarriageReturn, int valueRead = 0)
    {
        Line = line;
        Column = column;
        Offset = offset;
        _afterCarriageReturn = afterCarriageReturn;
        ValueRead = valueRead;
    }

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>The column, counted from 1 in code points.</summary>
    public int Column { get; }

    /// <summary>The distance from the start of the text in UTF-16 code units.</summary>
    public long Offset { get; }

    /// <summary>How much of its value comes before this place, when a placeholder stands here, in UTF-16 code units.</summary>
    internal int ValueRead { get; }

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

    /// <summary>The place in a file right after some text that was read from here, with values in the place of placeholders.</summary>
    /// <param name="text">The text to step over; a place inside a value is that of its placeholder.</param>
    /// <param name="substitutions">The substitutions in it, in the order of the file; others may come before and after.</param>
    internal TextPosition Advance(ReadOnlySpan<char> text, ReadOnlySpan<Substitution> substitutions)
    {
        var position = this;
        foreach (var substitution in substitutions[Substitution.IndexFrom(substitutions, Offset)..])
        {
            var before = substitution.Offset - position.Offset;
            if (before > text.Length)
            {
                break;
            }

            position = position.Advance(text[..(int)before]);
            text = text[(int)before..];
            var value = substitution.ValueLength - position.ValueRead;
            if (text.Length < value)
            {
                return position.InValue(text.Length);
            }

            text = text[value..];
            position = position.After(substitution);
        }

        return position.Advance(text);
    }

    /// <summary>The place right after a placeholder.</summary>
    /// <param name="substitution">The placeholder, on this line.</param>
    internal TextPosition After(Substitution substitution)
    {
        var distance = (int)(substitution.Offset - Offset) + substitution.WrittenLength;
        return new TextPosition(Line, Column + distance, Offset + distance, false);
    }

    private TextPosition InValue(int length) => new(Line, Column, Offset, _afterCarriageReturn, ValueRead + length);

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
