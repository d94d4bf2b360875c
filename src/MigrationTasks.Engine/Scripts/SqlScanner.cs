namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Cuts text into tokens by a <see cref="SqlLexicon"/>, in one pass and without allocating. Where the text goes on after
/// the span, only what comes before a semicolon is sure: more text could change the tokens after the last one.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="lexicon">What characters mean.</param>
internal ref struct SqlScanner(ReadOnlySpan<char> text, SqlLexicon lexicon)
{
    private const int NotClosed = -1;
    private const int NotAComment = -2;

    // No server is ever that new: what dumps mark so is no code to any.
    private const string NeverCode = "999999";
    private const int ShortestVersion = 5;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>What the token is; the opening one when <see cref="IsUnclosed"/>.</summary>
    public SqlTokenKind Kind { get; private set; }

    /// <summary>Where the token, or what is not closed, starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the token ends.</summary>
    public int End { get; private set; }

    /// <summary>After a <see cref="Read"/> that gave no token: whether a quote or comment that starts at <see cref="Start"/> reaches the span's end.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>Whether the token stands in a comment that counts as code.</summary>
    public bool IsInVersionComment { get; private set; }

    /// <summary>Where that comment starts.</summary>
    public int VersionCommentStart { get; private set; }

    /// <summary>Moves to the next token.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        var start = SkipTrivia(End);
        if ((uint)start >= (uint)_text.Length)
        {
            return false;
        }

        var role = lexicon.RoleOf(_text[start]);
        var end = role == CharacterRole.Word ? WordEnd(start) : TokenEnd(start, role);
        Start = start;
        if (end == NotClosed)
        {
            IsUnclosed = true;
            return false;
        }

        End = end;
        return true;
    }

    /// <summary>Goes on from another place, as if the text up to there were white space.</summary>
    /// <param name="end">The place, behind the current token.</param>
    public void SkipTo(int end) => End = end;

    /// <summary>
    /// Goes on, without reading tokens, to where the next may be one that can end or hold a statement: over words, numbers, symbols
    /// and white space, many characters at a time.
    /// </summary>
    /// <returns>Where the last of the tokens ends that were passed over, or <see cref="End"/> when there was none.</returns>
    public int SkipPlain()
    {
        var length = _text[End..].IndexOfAny(lexicon.Marks);
        var next = length < 0 ? _text.Length : End + length;
        if (length > 0 && BelongsToWord(next))
        {
            while (next > End && lexicon.RoleOf(_text[next - 1]) <= CharacterRole.WordTail)
            {
                next--;
            }
        }

        var end = next;
        while (end > End && lexicon.RoleOf(_text[end - 1]) == CharacterRole.Space)
        {
            end--;
        }

        End = next;
        return end;
    }

    // A $ goes on with it, and its last letter may tell how a string is to be read.
    private readonly bool BelongsToWord(int mark) =>
        lexicon.RoleOf(_text[mark]) == CharacterRole.DollarQuote || lexicon.RoleOf(_text[mark - 1]) == CharacterRole.EscapePrefix;

    private int SkipTrivia(int index)
    {
        var text = _text;
        var characters = lexicon;
        for (; (uint)index < (uint)text.Length; index++)
        {
            var role = characters.RoleOf(text[index]);
            if (role == CharacterRole.Space)
            {
                continue;
            }

            if (role is < CharacterRole.Delimiter or > CharacterRole.Slash)
            {
                return index;
            }

            var end = CommentEnd(index, role);
            if (end == NotAComment)
            {
                return index;
            }

            if (end == NotClosed)
            {
                Start = index;
                IsUnclosed = true;
                return text.Length;
            }

            index = end - 1;
        }

        return index;
    }

    private readonly int CommentEnd(int index, CharacterRole role)
    {
        if (role == CharacterRole.Delimiter)
        {
            role = IsDelimiter(index) ? role : lexicon.DelimiterRole;
        }

        var next = index + 1 < _text.Length ? _text[index + 1] : '\0';
        return role switch
        {
            CharacterRole.Dash when next == '-' && (!lexicon.DashesNeedSpace || DashesComment(index)) => LineCommentEnd(index),
            CharacterRole.Slash when next == '*' && !IsVersionComment(index) => BlockCommentEnd(index),
            CharacterRole.Hash => LineCommentEnd(index),
            _ => NotAComment,
        };
    }

    private readonly bool IsDelimiter(int index) => _text[index..].StartsWith(lexicon.Delimiter, StringComparison.Ordinal);

    // Before the first token, where no operator can stand, they need no space: many a script draws lines with them.
    private readonly bool DashesComment(int index) =>
        End == 0 || (index + 2 < _text.Length && _text[index + 2] is <= ' ' or '\u007F');

    // At the comment's slash.
    private readonly bool IsVersionComment(int index) =>
        lexicon.HasVersionComments && VersionStart(index) is var version && version > 0 && !_text[version..].StartsWith(NeverCode, StringComparison.Ordinal);

    // Behind /*! or /*M!; 0 when it is neither.
    private readonly int VersionStart(int index) => _text[index..] switch
    {
        ['/', '*', '!', ..] => index + 3,
        ['/', '*', 'M', '!', ..] => index + 4,
        _ => 0,
    };

    private readonly int LineCommentEnd(int index)
    {
        var rest = _text[index..];
        var length = lexicon.CarriageReturnEndsComment ? rest.IndexOfAny('\n', '\r') : rest.IndexOf('\n');
        return length < 0 ? _text.Length : index + length;
    }

    private readonly int BlockCommentEnd(int index)
    {
        index += 2;
        for (var depth = 1; depth > 0;)
        {
            var next = lexicon.CommentsNest ? _text[index..].IndexOfAny('*', '/') : _text[index..].IndexOf('*');
            index += next;
            if (next < 0 || index + 1 >= _text.Length)
            {
                return NotClosed;
            }

            var (first, second) = (_text[index], _text[index + 1]);
            var change = (first, second) switch
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

    private int TokenEnd(int start, CharacterRole role)
    {
        switch (role)
        {
            case CharacterRole.EscapePrefix when start + 1 < _text.Length && _text[start + 1] == '\'':
                Kind = SqlTokenKind.Literal;
                return EscapeStringEnd(start + 2);
            case CharacterRole.EscapePrefix:
                return WordEnd(start);
            case CharacterRole.Digit:
                Kind = SqlTokenKind.Number;
                return NumberEnd(start + 1);
            case CharacterRole.EscapingQuote:
                Kind = SqlTokenKind.Literal;
                return EscapingQuoteEnd(start + 1, _text[start]);
            case CharacterRole.Slash when IsVersionComment(start):
                Kind = SqlTokenKind.VersionMark;
                IsInVersionComment = true;
                VersionCommentStart = start;
                return VersionEnd(VersionStart(start));
            case CharacterRole.Star when IsInVersionComment && start + 1 < _text.Length && _text[start + 1] == '/':
                Kind = SqlTokenKind.VersionMark;
                IsInVersionComment = false;
                return start + 2;
            case CharacterRole.Delimiter when IsDelimiter(start):
                Kind = SqlTokenKind.Semicolon;
                return start + lexicon.Delimiter.Length;
            case CharacterRole.Delimiter:
                return lexicon.DelimiterRole == CharacterRole.Word ? WordEnd(start + 1) : TokenEnd(start, lexicon.DelimiterRole);
            case CharacterRole.StringQuote:
                Kind = SqlTokenKind.Literal;
                return QuotedEnd(start + 1, _text[start]);
            case CharacterRole.NameQuote:
                Kind = SqlTokenKind.QuotedName;
                return QuotedEnd(start + 1, _text[start]);
            case CharacterRole.NameBracket:
                Kind = SqlTokenKind.QuotedName;
                return BracketEnd(start + 1);
            case CharacterRole.DollarQuote:
                return DollarEnd(start);
            default:
                Kind = SingleCharacterKind(role);
                return start + 1;
        }
    }

    private int WordEnd(int index)
    {
        Kind = SqlTokenKind.Word;
        var text = _text;
        var characters = lexicon;
        while ((uint)index < (uint)text.Length && characters.RoleOf(text[index]) <= CharacterRole.WordTail)
        {
            index++;
        }

        return index;
    }

    // A version has five digits, or six.
    private readonly int VersionEnd(int start)
    {
        var end = start;
        while (end < _text.Length && end - start <= ShortestVersion && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        return end - start < ShortestVersion ? start : end;
    }

    private readonly int NumberEnd(int index)
    {
        while (index < _text.Length && lexicon.RoleOf(_text[index]) == CharacterRole.Digit)
        {
            index++;
        }

        return index;
    }

    private readonly int QuotedEnd(int index, char quote)
    {
        while (true)
        {
            var length = _text[index..].IndexOf(quote);
            if (length < 0)
            {
                return NotClosed;
            }

            index += length + 1;
            if (index >= _text.Length || _text[index] != quote)
            {
                return index;
            }

            index++;
        }
    }

    private readonly int EscapingQuoteEnd(int index, char quote)
    {
        while (index < _text.Length)
        {
            var length = _text[index..].IndexOfAny(quote, '\\');
            if (length < 0)
            {
                return NotClosed;
            }

            index += length + 1;
            if (_text[index - 1] == quote && (index >= _text.Length || _text[index] != quote))
            {
                return index;
            }

            index++;
        }

        return NotClosed;
    }

    private readonly int BracketEnd(int index)
    {
        var length = _text[index..].IndexOf(']');
        return length < 0 ? NotClosed : index + length + 1;
    }

    private readonly int EscapeStringEnd(int index)
    {
        while (index < _text.Length)
        {
            var length = _text[index..].IndexOfAny('\'', '\\');
            if (length < 0)
            {
                return NotClosed;
            }

            index += length + 1;
            if (_text[index - 1] == '\\' || (index < _text.Length && _text[index] == '\''))
            {
                index++;
                continue;
            }

            var next = SkipContinuationTrivia(index);
            if (next >= _text.Length || _text[next] != '\'' || _text[index..next].IndexOfAny('\n', '\r') < 0)
            {
                return index;
            }

            index = next + 1;
        }

        return NotClosed;
    }

    private readonly int SkipContinuationTrivia(int index)
    {
        for (; index < _text.Length; index++)
        {
            var role = lexicon.RoleOf(_text[index]);
            if (role == CharacterRole.Dash && CommentEnd(index, role) is var end && end >= 0)
            {
                index = end - 1;
            }
            else if (role != CharacterRole.Space)
            {
                break;
            }
        }

        return index;
    }

    private int DollarEnd(int start)
    {
        var end = start + 1;
        if (end < _text.Length && lexicon.RoleOf(_text[end]) <= CharacterRole.EscapePrefix)
        {
            while (end < _text.Length && lexicon.RoleOf(_text[end]) <= CharacterRole.Digit)
            {
                end++;
            }
        }

        if (end >= _text.Length || _text[end] != '$')
        {
            Kind = SqlTokenKind.Symbol;
            return start + 1;
        }

        Kind = SqlTokenKind.Literal;
        var delimiter = _text[start..(end + 1)];
        var length = _text[(end + 1)..].IndexOf(delimiter);
        return length < 0 ? NotClosed : end + 1 + length + delimiter.Length;
    }

    private static SqlTokenKind SingleCharacterKind(CharacterRole role) => role switch
    {
        CharacterRole.Semicolon => SqlTokenKind.Semicolon,
        CharacterRole.OpenParenthesis => SqlTokenKind.OpenParenthesis,
        CharacterRole.CloseParenthesis => SqlTokenKind.CloseParenthesis,
        CharacterRole.CommandMark => SqlTokenKind.CommandMark,
        _ => SqlTokenKind.Symbol,
    };
}
