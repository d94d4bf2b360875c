namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Cuts text into tokens by a <see cref="SqlLexicon"/>, in one pass and without allocating. Where the text goes on after
/// the span, only what comes before a semicolon is sure: more text could change the tokens after the last one.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="lexicon">What characters mean.</param>
internal ref struct SqlScanner(ReadOnlySpan<char> text, SqlLexicon lexicon)
{
    private const int NotClosed = SqlEnclosures.NotClosed;
    private const int NotAComment = -2;

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

    /// <summary>How many parentheses are open behind the token.</summary>
    public int Parentheses { get; private set; }

    /// <summary>Where the outermost of those opened.</summary>
    public int ParenthesisStart { get; private set; }

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
    /// Goes on, without reading tokens, to where the next may be one that can end or hold a statement: over words, numbers, symbols,
    /// parentheses and white space, many characters at a time.
    /// </summary>
    /// <returns>Where the last of the tokens ends that were passed over, or <see cref="End"/> when there was none.</returns>
    public int SkipPlain()
    {
        var start = End;
        var next = FindMark(start);
        while ((uint)next < (uint)_text.Length && lexicon.RoleOf(_text[next]) is CharacterRole.OpenParenthesis or CharacterRole.CloseParenthesis)
        {
            if (lexicon.RoleOf(_text[next]) == CharacterRole.OpenParenthesis)
            {
                OpenParenthesis(next);
            }
            else
            {
                CloseParenthesis();
            }

            start = next + 1;
            next = FindMark(start);
        }

        if (next > start && next < _text.Length && BelongsToWord(next))
        {
            while (next > start && lexicon.RoleOf(_text[next - 1]) <= CharacterRole.WordTail)
            {
                next--;
            }
        }

        var end = next;
        while (end > start && lexicon.RoleOf(_text[end - 1]) == CharacterRole.Space)
        {
            end--;
        }

        End = next;
        return end;
    }

    private readonly int FindMark(int start)
    {
        var length = _text[start..].IndexOfAny(lexicon.Marks);
        return length < 0 ? _text.Length : start + length;
    }

    private void OpenParenthesis(int start)
    {
        if (Parentheses++ == 0)
        {
            ParenthesisStart = start;
        }
    }

    private void CloseParenthesis() => Parentheses -= Parentheses > 0 ? 1 : 0;

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
            CharacterRole.Dash when next == '-' && (!lexicon.DashesNeedSpace || DashesComment(index)) => SqlEnclosures.LineCommentEnd(_text, index, lexicon),
            CharacterRole.Slash when next == '*' && !IsVersionComment(index) => SqlEnclosures.BlockCommentEnd(_text, index + 2, lexicon),
            CharacterRole.Hash => SqlEnclosures.LineCommentEnd(_text, index, lexicon),
            _ => NotAComment,
        };
    }

    private readonly bool IsDelimiter(int index) => _text[index..].StartsWith(lexicon.Delimiter, StringComparison.Ordinal);

    // Before the first token, where no operator can stand, they need no space: many a script draws lines with them.
    private readonly bool DashesComment(int index) =>
        End == 0 || (index + 2 < _text.Length && _text[index + 2] is <= ' ' or '\u007F');

    // At the comment's slash.
    private readonly bool IsVersionComment(int index) => lexicon.HasVersionComments && VersionComments.StartsAt(_text, index);

    private int TokenEnd(int start, CharacterRole role)
    {
        switch (role)
        {
            case CharacterRole.EscapePrefix when start + 1 < _text.Length && _text[start + 1] == '\'':
                Kind = SqlTokenKind.Literal;
                return SqlEnclosures.PrefixedStringEnd(_text, start + 2, lexicon);
            case CharacterRole.EscapePrefix:
                return WordEnd(start);
            case CharacterRole.Digit:
                Kind = SqlTokenKind.Number;
                return NumberEnd(start + 1);
            case CharacterRole.EscapingQuote:
                Kind = SqlTokenKind.Literal;
                return SqlEnclosures.EscapingQuotedEnd(_text, start + 1, _text[start]);
            case CharacterRole.Slash when IsVersionComment(start):
                Kind = SqlTokenKind.VersionMark;
                IsInVersionComment = true;
                VersionCommentStart = start;
                return VersionComments.CodeStart(_text, start);
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
                return SqlEnclosures.QuotedEnd(_text, start + 1, _text[start]);
            case CharacterRole.NameQuote:
                Kind = SqlTokenKind.QuotedName;
                return SqlEnclosures.QuotedEnd(_text, start + 1, _text[start]);
            case CharacterRole.NameBracket:
                Kind = SqlTokenKind.QuotedName;
                return SqlEnclosures.BracketEnd(_text, start + 1);
            case CharacterRole.DollarQuote when SqlEnclosures.DollarQuotedEnd(_text, start, lexicon) is var end and not 0:
                Kind = SqlTokenKind.Literal;
                return end;
            case CharacterRole.OpenParenthesis:
                Kind = SqlTokenKind.OpenParenthesis;
                OpenParenthesis(start);
                return start + 1;
            case CharacterRole.CloseParenthesis:
                Kind = SqlTokenKind.CloseParenthesis;
                CloseParenthesis();
                return start + 1;
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

    private readonly int NumberEnd(int index)
    {
        while (index < _text.Length && lexicon.RoleOf(_text[index]) == CharacterRole.Digit)
        {
            index++;
        }

        return index;
    }

    private static SqlTokenKind SingleCharacterKind(CharacterRole role) => role switch
    {
        CharacterRole.Semicolon => SqlTokenKind.Semicolon,
        CharacterRole.CommandMark => SqlTokenKind.CommandMark,
        _ => SqlTokenKind.Symbol,
    };
}
