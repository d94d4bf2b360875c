namespace MigrationTasks.Engine.Scripts;

/// <summary>Finds the ends of what encloses text: strings, quoted names and comments.</summary>
internal static class SqlEnclosures
{
    /// <summary>The end of what the text's end cuts off.</summary>
    public const int NotClosed = -1;

    /// <summary>Where a string or name ends in which the doubled quote stands for itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place behind the opening quote.</param>
    /// <param name="quote">The quote.</param>
    public static int QuotedEnd(ReadOnlySpan<char> text, int index, char quote)
    {
        while (true)
        {
            var length = text[index..].IndexOf(quote);
            if (length < 0)
            {
                return NotClosed;
            }

            index += length + 1;
            if (index >= text.Length || text[index] != quote)
            {
                return index;
            }

            index++;
        }
    }

    /// <summary>The same, where a backslash escapes what comes after it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place behind the opening quote.</param>
    /// <param name="quote">The quote.</param>
    public static int EscapingQuotedEnd(ReadOnlySpan<char> text, int index, char quote)
    {
        while (index < text.Length)
        {
            var length = text[index..].IndexOfAny(quote, '\\');
            if (length < 0)
            {
                return NotClosed;
            }

            index += length + 1;
            if (text[index - 1] == quote && (index >= text.Length || text[index] != quote))
            {
                return index;
            }

            index++;
        }

        return NotClosed;
    }

    /// <summary>The same for a string with a prefix that makes backslashes escape, which goes on in the next line where that starts with a quote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place behind the opening quote.</param>
    /// <param name="lexicon">What characters mean.</param>
    public static int PrefixedStringEnd(ReadOnlySpan<char> text, int index, SqlLexicon lexicon)
    {
        while ((index = EscapingQuotedEnd(text, index, '\'')) != NotClosed)
        {
            var next = SkipContinuationTrivia(text, index, lexicon);
            if (next >= text.Length || text[next] != '\'' || text[index..next].IndexOfAny('\n', '\r') < 0)
            {
                return index;
            }

            index = next + 1;
        }

        return NotClosed;
    }

    /// <summary>Where a name ends that a bracket has opened.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place behind the bracket.</param>
    public static int BracketEnd(ReadOnlySpan<char> text, int index)
    {
        var length = text[index..].IndexOf(']');
        return length < 0 ? NotClosed : index + length + 1;
    }

    /// <summary>Where a dollar-quoted string ends; 0 when the dollar opens none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The dollar.</param>
    /// <param name="lexicon">What characters mean.</param>
    public static int DollarQuotedEnd(ReadOnlySpan<char> text, int start, SqlLexicon lexicon)
    {
        var end = start + 1;
        if (end < text.Length && lexicon.RoleOf(text[end]) <= CharacterRole.EscapePrefix)
        {
            while (end < text.Length && lexicon.RoleOf(text[end]) <= CharacterRole.Digit)
            {
                end++;
            }
        }

        if (end >= text.Length || text[end] != '$')
        {
            return 0;
        }

        var delimiter = text[start..(end + 1)];
        var length = text[(end + 1)..].IndexOf(delimiter);
        return length < 0 ? NotClosed : end + 1 + length + delimiter.Length;
    }

    /// <summary>Where a comment ends that the line's end closes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">A place in the comment.</param>
    /// <param name="lexicon">What characters mean.</param>
    public static int LineCommentEnd(ReadOnlySpan<char> text, int index, SqlLexicon lexicon)
    {
        var rest = text[index..];
        var length = lexicon.CarriageReturnEndsComment ? rest.IndexOfAny('\n', '\r') : rest.IndexOf('\n');
        return length < 0 ? text.Length : index + length;
    }

    /// <summary>Where a comment ends that <c>*/</c> closes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place behind the opening <c>/*</c>.</param>
    /// <param name="lexicon">What characters mean.</param>
    public static int BlockCommentEnd(ReadOnlySpan<char> text, int index, SqlLexicon lexicon)
    {
        for (var depth = 1; depth > 0;)
        {
            var next = lexicon.CommentsNest ? text[index..].IndexOfAny('*', '/') : text[index..].IndexOf('*');
            index += next;
            if (next < 0 || index + 1 >= text.Length)
            {
                return NotClosed;
            }

            var change = (text[index], text[index + 1]) switch
            {
                ('*', '/') => -1,
                ('/', '*') => 1,
                _ => 0,
            };
            depth += change;
            index += change == 0 ? 1 : 2;
        }

        return index;
    }

    private static int SkipContinuationTrivia(ReadOnlySpan<char> text, int index, SqlLexicon lexicon)
    {
        for (; index < text.Length; index++)
        {
            var role = lexicon.RoleOf(text[index]);
            if (role == CharacterRole.Dash && index + 1 < text.Length && text[index + 1] == '-')
            {
                index = LineCommentEnd(text, index, lexicon) - 1;
            }
            else if (role != CharacterRole.Space)
            {
                break;
            }
        }

        return index;
    }
}
