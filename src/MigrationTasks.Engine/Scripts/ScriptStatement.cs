using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// One statement of a script with its place in the file, so that what a database says about the statement can be
/// reported at the line and column that the author wrote.
/// </summary>
public sealed class ScriptStatement
{
    private readonly ScriptLanguage _language;
    private readonly TextPosition _position;
    private readonly Substitution[] _substitutions;

    /// <summary>Creates a statement.</summary>
    /// <param name="text">The code, from its first token to its last.</param>
    /// <param name="position">The place of the code's first character in the file.</param>
    /// <param name="kind">What it means for a transaction.</param>
    /// <param name="language">What it is written in.</param>
    public ScriptStatement(string text, TextPosition position, StatementKind kind, ScriptLanguage language)
        : this(text, position, kind, language, [], null)
    {
    }

    internal ScriptStatement(string text, TextPosition position, StatementKind kind, ScriptLanguage language, Substitution[] substitutions, CopyRows? rows)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        Text = text;
        Kind = kind;
        _position = position;
        _substitutions = substitutions;
        Rows = rows;
        _language = language;
    }

    /// <summary>The code from its first token to its last: no comment before or after it, no closing <c>;</c>.</summary>
    public string Text { get; }

    /// <summary>The line where <see cref="Text"/> starts, counted from 1.</summary>
    public int Line => _position.Line;

    /// <summary>The column where <see cref="Text"/> starts, counted from 1 in code points.</summary>
    public int Column => _position.Column;

    /// <summary>Where <see cref="Text"/> starts in the file, in UTF-16 code units; a byte order mark does not count. Statements in one placeholder's value share its place.</summary>
    public long Offset => _position.Offset;

    /// <summary>What the statement means for a transaction.</summary>
    public StatementKind Kind { get; }

    /// <summary>The rows that follow it in the script; <see langword="null"/> when it is no <see cref="StatementKind.CopyFromStdin"/>, or the database takes none.</summary>
    public CopyRows? Rows { get; }

    /// <summary>The comments between the end of the statement before it and <see cref="Text"/>.</summary>
    internal ScriptTrivia Leading { get; init; } = ScriptTrivia.None;

    /// <summary>The comments between <see cref="Text"/> and its closing <c>;</c>.</summary>
    internal ScriptTrivia Trailing { get; init; } = ScriptTrivia.None;

    /// <summary>Its first words in upper case, for messages, such as <c>CREATE INDEX CONCURRENTLY</c>.</summary>
    public string Summary => field ??= Summarize();

    /// <summary>Whether no transaction can hold it: the database refuses it there, or commits at it.</summary>
    public bool IsOutsideTransaction => Kind is StatementKind.NeedsNoTransaction or StatementKind.CommitsImplicitly;

    /// <summary>
    /// Whether it does in a transaction, together with others, what it does alone: not what a database refuses there, nor what
    /// starts or ends transactions itself, nor what a transaction makes ineffective.
    /// </summary>
    public bool CanShareTransaction => Kind is StatementKind.Ordinary or StatementKind.CopyFromStdin && _language.CanShareTransaction(Text);

    /// <summary>What it does to the session that it runs in.</summary>
    public SessionEffect SessionEffect => _language.SessionEffectOf(Text);

    /// <summary>Reads it token by token, as it is to be read where it stands in its script.</summary>
    public SqlTokens ReadTokens() => ReadTokens(Text);

    /// <summary>The tokens of what is sent in its place.</summary>
    /// <param name="text">What is sent.</param>
    public SqlTokens ReadTokens(string text) => ((SqlDialect)_language).ReadTokens(text);

    /// <summary>Takes what counts of the statement, as the file has it, into a checksum.</summary>
    /// <param name="checksum">The checksum.</param>
    internal void AppendTokens(TokenChecksum checksum)
    {
        _language.AppendTokens(_substitutions.Length == 0 ? Text : Substitution.Restore(Text, _position, _substitutions), checksum);
        Rows?.AppendTo(checksum);
    }

    /// <summary>The place in the file of one character of the statement.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="character">
    /// The character, counted from 1 in code points, as PostgreSQL reports it; one more than the length is the end. Any
    /// other number gives the start of the statement.
    /// </param>
    public SourceLocation LocationOf(string? file, int character) => At(file, CodePointIndex(Text, character) ?? 0);

    /// <summary>The place in the file of one byte of the statement.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="offset">
    /// The byte, counted from 0 in UTF-8, as <c>sqlite3_error_offset</c> reports it; outside the statement (-1 is
    /// "unknown") it gives the start of the statement.
    /// </param>
    public SourceLocation LocationOfByte(string? file, int offset)
    {
        var (index, bytes) = (0, 0);
        foreach (var rune in Text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > offset)
            {
                break;
            }

            bytes += rune.Utf8SequenceLength;
            index += rune.Utf16SequenceLength;
        }

        return At(file, offset >= 0 && (index < Text.Length || offset == bytes) ? index : 0);
    }

    /// <summary>The place in the file of the first visible character on one line of the statement.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="line">The line, counted from 1; outside the statement it gives the start of the statement.</param>
    public SourceLocation LocationOfLine(string? file, int line) => At(file, LineIndex(Text, line) ?? 0);

    /// <summary>
    /// The place in the file of one line of the function or block that the statement defines (PL/pgSQL's
    /// <c>line 3 at RAISE</c>): its first visible character.
    /// </summary>
    /// <param name="file">The file's path.</param>
    /// <param name="line">The line, counted from 1; line 1 starts right after the opening quote.</param>
    /// <returns><see langword="null"/> when the statement has no such line.</returns>
    public SourceLocation? LocationOfBodyLine(string? file, int line) =>
        _language.FindBody(Text) is { } body && LineIndex(Text.AsSpan(body.Start, body.Length), line) is { } index
            ? At(file, body.Start + index)
            : null;

    /// <summary>
    /// The place in the file of one character of a query that ran inside the function or block that the statement
    /// defines (PostgreSQL's internal query and internal position).
    /// </summary>
    /// <param name="file">The file's path.</param>
    /// <param name="query">
    /// The query: the whole source of the body, or a part of it as PL/pgSQL reports it (an <c>INTO</c> clause blanked out,
    /// <c>SELECT</c> for <c>PERFORM</c>).
    /// </param>
    /// <param name="character">The character within the query, counted from 1 in code points.</param>
    /// <param name="line">The line of the body where the statement starts that ran it, counted from 1; 0 when it is not known.</param>
    /// <returns>
    /// <see langword="null"/> when the query is not a part of the body, or when it is there more than once and the line
    /// does not tell which it is.
    /// </returns>
    public SourceLocation? LocationInBody(string? file, string query, int character, int line = 0)
    {
        if (_language.FindBody(Text) is not { } body || CodePointIndex(query, character) is not { } index)
        {
            return null;
        }

        var source = body.Decode(Text);
        return BodyQuery.Locate(source, query, index, LineIndex(source, line)) is { } found
            ? At(file, body.ToStatementIndex(Text, found))
            : null;
    }

    /// <summary>The comments before the statement, without their dashes, and where each starts in the file.</summary>
    internal IEnumerable<(TextPosition Position, string Comment)> LeadingComments
    {
        get
        {
            var places = Leading.Places;
            return _language is SqlDialect dialect ? LineComments.In(Leading.Text, dialect.Lexicon).Select(comment => (places.Of(comment.Start), comment.Comment)) : [];
        }
    }

    /// <summary>How it wants its transaction to be, such as <c>ISOLATION LEVEL SERIALIZABLE</c>; <see langword="null"/> when it does not say.</summary>
    internal string? TransactionModes => _language.TransactionModesOf(Text);

    /// <summary>Whether it ends a transaction, and does nothing where none is open.</summary>
    internal bool IsIgnoredWithoutTransaction => Kind == StatementKind.TransactionEnd && _language.IgnoresEndWithoutStart;

    /// <summary>Its first words in upper case, with the values of placeholders.</summary>
    internal string FirstWords => _language.Summarize(Text);

    /// <summary>Whether it has values in the place of placeholders.</summary>
    internal bool HasPlaceholders => _substitutions.Length > 0;

    /// <summary>Where the parts of <see cref="Text"/> stand in the file.</summary>
    internal TextPlaces Places => new(Text, _position, _substitutions);

    private SourceLocation At(string? file, int index)
    {
        var position = _position.Advance(Text.AsSpan(0, index), _substitutions);
        return new SourceLocation(file, position.Line, position.Column);
    }

    // Its keywords are nobody's secret, but a value in the place of the first word may be one.
    private string Summarize()
    {
        var summary = FirstWords;
        if (_substitutions.Length == 0)
        {
            return summary;
        }

        var first = summary.Split(' ')[0];
        return Text.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            ? Substitution.Restore(Text.AsSpan(0, first.Length), _position, _substitutions) + summary[first.Length..]
            : _language.Summarize(Substitution.Restore(Text, _position, _substitutions));
    }

    private static int? CodePointIndex(string text, int character)
    {
        var index = 0;
        for (var remaining = character - 1; remaining > 0; remaining--)
        {
            if (index >= text.Length)
            {
                return null;
            }

            index += index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;
        }

        return character > 0 ? index : null;
    }

    private static int? LineIndex(ReadOnlySpan<char> text, int line)
    {
        var start = 0;
        for (var remaining = line - 1; remaining > 0; remaining--)
        {
            var lineBreak = text[start..].IndexOfAny('\n', '\r');
            if (lineBreak < 0)
            {
                return null;
            }

            start += lineBreak + (text[(start + lineBreak)..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }

        var visible = text[start..].IndexOfAnyExcept(' ', '\t');
        return line > 0 ? start + Math.Max(visible, 0) : null;
    }
}
