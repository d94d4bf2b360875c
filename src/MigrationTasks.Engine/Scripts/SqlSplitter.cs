using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Cuts the text of a script into pieces, each a statement with the white space and comments before it and the
/// semicolon after it, so that the pieces together are the text. It does no I/O and copies nothing.
/// </summary>
/// <remarks>
/// The rows that follow a <see cref="StatementKind.CopyFromStdin"/> are no statements: they are for <see cref="CopyRows"/>.
/// When <see cref="Read"/> returns <see langword="false"/> before the end of the script, hand the text from
/// <see cref="Consumed"/> on, with more text after it, to a new splitter that starts at <see cref="Position"/>.
/// </remarks>
public ref struct SqlSplitter
{
    private const int LongestCommandShown = 32;

    private readonly ReadOnlySpan<char> _text;
    private readonly bool _isFinalBlock;
    private readonly SqlDialect _dialect;
    private readonly BlockTracker _blocks;
    private readonly string? _file;
    private readonly ReadOnlySpan<Substitution> _substitutions;

    /// <summary>Stands before the first piece of a text.</summary>
    /// <param name="text">The text, from the start of a piece.</param>
    /// <param name="isFinalBlock">Whether the script ends where the text ends.</param>
    /// <param name="dialect">What it is written in.</param>
    /// <param name="position">Where in the file the text starts.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    public SqlSplitter(ReadOnlySpan<char> text, bool isFinalBlock, SqlDialect dialect, TextPosition position, string? file)
        : this(text, isFinalBlock, dialect, dialect.CreateBlockTracker(), position, file, [])
    {
    }

    internal SqlSplitter(
        ReadOnlySpan<char> text,
        bool isFinalBlock,
        SqlDialect dialect,
        BlockTracker blocks,
        TextPosition position,
        string? file,
        ReadOnlySpan<Substitution> substitutions)
    {
        _text = text;
        _isFinalBlock = isFinalBlock;
        _dialect = dialect;
        _blocks = blocks;
        _file = file;
        _substitutions = substitutions;
        Position = position;
    }

    /// <summary>The piece: white space and comments, code, semicolon.</summary>
    public ReadOnlySpan<char> Piece { get; private set; }

    /// <summary>The code within the piece, from its first token to its last, without the semicolon.</summary>
    public ReadOnlySpan<char> Code { get; private set; }

    /// <summary>Where in the file the code starts; without code, where the piece's semicolon or end is.</summary>
    public TextPosition CodePosition { get; private set; }

    /// <summary>The white space and comments before the code.</summary>
    public ReadOnlySpan<char> Leading { get; private set; }

    /// <summary>The white space and comments behind the code, with the semicolon.</summary>
    public ReadOnlySpan<char> Trailing { get; private set; }

    /// <summary>What the code means for a transaction.</summary>
    public StatementKind Kind { get; private set; }

    /// <summary>How much of the text is cut into pieces so far.</summary>
    public int Consumed { get; private set; }

    /// <summary>Where in the file the next piece starts.</summary>
    public TextPosition Position { get; private set; }

    /// <summary>Moves to the next piece.</summary>
    /// <returns>Whether there is one that more text cannot change.</returns>
    /// <exception cref="MigrationException">MIG2004, MIG2005 or MIG2006, at its place.</exception>
    public bool Read()
    {
        var text = _text[Consumed..];
        var scanner = new SqlScanner(text, _blocks.Lexicon ?? _dialect.Lexicon);
        var (codeStart, codeEnd) = (-1, 0);
        _blocks.Start();
        while (scanner.Read())
        {
            switch (scanner.Kind)
            {
                case SqlTokenKind.Word when codeStart < 0 && _dialect.IsCommandWord(text[scanner.Start..scanner.End]):
                    return ObeyCommand(text, scanner.Start);
                case SqlTokenKind.Word when _blocks.WatchesWords:
                    _blocks.Word(text, scanner.Start, scanner.End - scanner.Start, scanner.Parentheses);
                    break;
                case SqlTokenKind.Semicolon when scanner.Parentheses == 0 && !_blocks.IsOpen && !scanner.IsInVersionComment:
                    Complete(text[..scanner.End], codeStart < 0 ? scanner.Start..scanner.Start : codeStart..codeEnd);
                    return true;
                case SqlTokenKind.Semicolon:
                    _blocks.Semicolon();
                    break;
                case SqlTokenKind.CommandMark when _dialect.IsClientCommand(text[scanner.Start..], codeStart < 0):
                    if (!PassClientCommand(text, ref scanner, codeStart < 0))
                    {
                        return false;
                    }

                    continue;
            }

            codeStart = codeStart < 0 ? scanner.Start : codeStart;
            codeEnd = _blocks.WatchesWords ? scanner.End : scanner.SkipPlain();
        }

        if (!_isFinalBlock || text.IsEmpty)
        {
            return false;
        }

        ThrowIfOpen(text, scanner);
        Complete(text, codeStart < 0 ? text.Length..text.Length : codeStart..codeEnd);
        return true;
    }

    // A harmless one is passed over like white space.
    private readonly bool PassClientCommand(ReadOnlySpan<char> text, ref SqlScanner scanner, bool startsStatement)
    {
        var line = LineFrom(text, scanner.Start);
        if (scanner.Start + line.Length == text.Length && !_isFinalBlock)
        {
            return false;
        }

        if (!startsStatement || !IsLineStart(text, scanner.Start) || !_dialect.IsHarmlessCommand(line))
        {
            ThrowIfNul(text[..scanner.Start]);
            throw Errors.ClientCommand(LocationOf(text, scanner.Start), Written(text, scanner.Start, CommandLength(line)), _dialect.ClientProgram);
        }

        scanner.SkipTo(scanner.Start + line.Length);
        return true;
    }

    private bool ObeyCommand(ReadOnlySpan<char> text, int start)
    {
        var line = LineFrom(text, start);
        var end = start + line.Length;
        if (end == text.Length && !_isFinalBlock)
        {
            return false;
        }

        ThrowIfNul(text[..end]);
        if (!DelimiterCommand.IsOne(line))
        {
            throw Errors.ClientCommand(LocationOf(text, start), Written(text, start, CommandLength(line)), _dialect.ClientProgram);
        }

        var delimiter = DelimiterCommand.Read(line) ?? throw Errors.Delimiter(LocationOf(text, start));
        _blocks.Lexicon = delimiter == DelimiterCommand.Usual ? null : _dialect.Lexicon.With(delimiter);

        // With the line break, which tells that the command has ended.
        Complete(text[..Math.Min(end + 1, text.Length)], start..start);
        return true;
    }

    private readonly void ThrowIfOpen(ReadOnlySpan<char> text, in SqlScanner scanner)
    {
        if (scanner.IsUnclosed)
        {
            var (construct, closing) = Unclosed(text, scanner.Start);
            throw Unterminated(text, scanner.Start, construct, closing);
        }

        if (scanner.IsInVersionComment)
        {
            throw Unterminated(text, scanner.VersionCommentStart, "comment", "*/");
        }

        if (scanner.Parentheses > 0)
        {
            throw Unterminated(text, scanner.ParenthesisStart, "parenthesis", ")");
        }

        if (_blocks.IsOpen)
        {
            throw Unterminated(text, _blocks.OpenedAt, _blocks.Construct, _blocks.Closing);
        }
    }

    private void Complete(ReadOnlySpan<char> piece, Range code)
    {
        ThrowIfNul(piece);
        Piece = piece;
        Code = piece[code];
        Leading = piece[..code.Start];
        Trailing = piece[code.End..];
        CodePosition = Position.Advance(piece[..code.Start], _substitutions);
        Position = CodePosition.Advance(piece[code.Start..], _substitutions);
        Consumed += piece.Length;
        Kind = Code.IsEmpty ? StatementKind.Empty : _dialect.Classify(new SqlTokens(Code, _dialect.Lexicon));
    }

    private static ReadOnlySpan<char> LineFrom(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAny('\n', '\r');
        return length < 0 ? text[start..] : text.Slice(start, length);
    }

    private readonly bool IsLineStart(ReadOnlySpan<char> text, int index) => index > 0 ? text[index - 1] is '\n' or '\r' : Position.Column == 1;

    private static int CommandLength(ReadOnlySpan<char> line)
    {
        var (length, longest) = (1, Math.Min(line.Length, LongestCommandShown));
        while (length < longest && !char.IsWhiteSpace(line[length]) && line[length] is not ('\0' or ';'))
        {
            length++;
        }

        return length;
    }

    private readonly (string Construct, string Closing) Unclosed(ReadOnlySpan<char> text, int start) => _dialect.Lexicon.RoleOf(text[start]) switch
    {
        CharacterRole.Slash => ("comment", "*/"),
        CharacterRole.NameQuote => ("quoted name", text[start].ToString()),
        CharacterRole.NameBracket => ("quoted name", "]"),
        CharacterRole.DollarQuote => ("dollar-quoted string", PlainText.Of(Written(text, start, text[(start + 1)..].IndexOf('$') + 2))),
        _ => ("string", text[start] == '"' ? "\"" : "'"),
    };

    private readonly MigrationException Unterminated(ReadOnlySpan<char> text, int start, string construct, string closing)
    {
        ThrowIfNul(text);
        return Errors.Unterminated(LocationOf(text, start), construct, closing);
    }

    private readonly void ThrowIfNul(ReadOnlySpan<char> text)
    {
        var index = text.IndexOf('\0');
        if (index >= 0)
        {
            throw Errors.NulCharacter(LocationOf(text, index));
        }
    }

    private readonly string Written(ReadOnlySpan<char> text, int start, int length) =>
        Substitution.Restore(text.Slice(start, length), Position.Advance(text[..start], _substitutions), _substitutions);

    private readonly SourceLocation LocationOf(ReadOnlySpan<char> text, int index)
    {
        var position = Position.Advance(text[..index], _substitutions);
        return new SourceLocation(_file, position.Line, position.Column);
    }
}
