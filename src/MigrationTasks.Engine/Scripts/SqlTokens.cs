using System.Buffers;
using System.Text;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The tokens of one complete statement, to be matched against a grammar one after the other; what marks code that only some
/// servers run is left out. Each <c>Take</c> steps over the current token if it is the one asked for, and says so.
/// </summary>
public ref struct SqlTokens
{
    private readonly ReadOnlySpan<char> _code;
    private readonly SqlLexicon _lexicon;
    private SqlScanner _scanner;

    /// <summary>Stands before the first token of a statement.</summary>
    /// <param name="code">The statement's text.</param>
    /// <param name="lexicon">What its characters mean.</param>
    public SqlTokens(ReadOnlySpan<char> code, SqlLexicon lexicon)
    {
        _code = code;
        _lexicon = lexicon;
        _scanner = new SqlScanner(code, lexicon);
        Skip();
    }

    private SqlTokens(ReadOnlySpan<char> code, SqlLexicon lexicon, int start)
    {
        _code = code;
        _lexicon = lexicon;
        _scanner = new SqlScanner(code, lexicon);
        _scanner.SkipTo(start);
        Skip();
    }

    /// <summary>Whether no token is left.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>What the current token is.</summary>
    public readonly SqlTokenKind Kind => _scanner.Kind;

    /// <summary>Where the current token starts in the statement's text.</summary>
    public readonly int Start => _scanner.Start;

    /// <summary>The current token as written; empty at the end.</summary>
    public readonly ReadOnlySpan<char> Text => AtEnd ? default : _code[_scanner.Start.._scanner.End];

    /// <summary>Steps over the current token, whatever it is.</summary>
    public void Skip()
    {
        do
        {
            AtEnd = !_scanner.Read();
        }
        while (_scanner.Kind == SqlTokenKind.VersionMark && !AtEnd);
    }

    /// <summary>The tokens from the current one on that stand before another.</summary>
    /// <param name="end">The other one.</param>
    internal readonly SqlTokens Until(SqlTokens end) => new(_code[..end.Start], _lexicon, AtEnd ? end.Start : Start);

    /// <summary>Tells whether a character stands anywhere in the statement.</summary>
    /// <param name="character">The character.</param>
    public readonly bool Mentions(char character) => _code.Contains(character);

    /// <summary>Steps over a keyword, written in any case.</summary>
    /// <param name="keyword">The keyword in upper case.</param>
    public bool Take(string keyword)
    {
        if (AtEnd || Kind != SqlTokenKind.Word || !Ascii.EqualsIgnoreCase(Text, keyword))
        {
            return false;
        }

        Skip();
        return true;
    }

    /// <summary>Steps over whichever of some keywords is next, written in any case.</summary>
    /// <param name="keywords">The keywords in upper case.</param>
    /// <returns>The keyword; <see langword="null"/> when it is none of them.</returns>
    internal string? TakeAny(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Take(keyword))
            {
                return keyword;
            }
        }

        return null;
    }

    /// <summary>Steps over a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    public bool Take(char symbol)
    {
        if (Text is not [var character] || character != symbol)
        {
            return false;
        }

        Skip();
        return true;
    }

    /// <summary>Steps over any word that fits the buffer, and writes it there in upper case.</summary>
    /// <param name="buffer">As long as the longest keyword that matters.</param>
    /// <returns>The word's length; 0 when there was none.</returns>
    public int TakeKeyword(scoped Span<char> buffer)
    {
        if (AtEnd || Kind != SqlTokenKind.Word || Ascii.ToUpper(Text, buffer, out var length) != OperationStatus.Done)
        {
            return 0;
        }

        Skip();
        return length;
    }

    /// <summary>Steps over a name, quoted or not, with its schema if it has one.</summary>
    public bool TakeName()
    {
        do
        {
            if (AtEnd || Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName))
            {
                return false;
            }

            Skip();
        }
        while (Take('.'));
        return true;
    }

    /// <summary>Steps over a pair of parentheses and everything in it, if the current token opens one.</summary>
    public void SkipParentheses()
    {
        var depth = Take('(') ? 1 : 0;
        while (depth > 0 && !AtEnd)
        {
            if (Take('('))
            {
                depth++;
            }
            else if (Take(')'))
            {
                depth--;
            }
            else
            {
                Skip();
            }
        }
    }
}
