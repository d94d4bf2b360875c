namespace MigrationTasks.Sqlite.Schema;

/// <summary>Reads the parts of a definition one after the other.</summary>
internal sealed class SqliteClauses(IReadOnlyList<SqliteToken> tokens)
{
    private int _next;

    public bool AtEnd => _next >= tokens.Count;

    private SqliteToken Current => AtEnd ? default : tokens[_next];

    public bool IsAt(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Current.Is(keyword))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsAt(char symbol) => Current.Is(symbol);

    /// <summary>Steps over keywords that follow each other, if they do.</summary>
    public bool Take(params ReadOnlySpan<string> keywords)
    {
        for (var i = 0; i < keywords.Length; i++)
        {
            if (_next + i >= tokens.Count || !tokens[_next + i].Is(keywords[i]))
            {
                return false;
            }
        }

        _next += keywords.Length;
        return true;
    }

    public bool Take(char symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Steps over a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public string TakeName() => Current.IsName ? SqliteToken.Unquote(tokens[_next++].Text) : throw new FormatException();

    /// <summary>Steps over one token.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public SqliteToken TakeAny() => AtEnd ? throw new FormatException() : tokens[_next++];

    /// <summary>Steps over a pair of parentheses, and gives what is in it.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public IReadOnlyList<SqliteToken> TakeParentheses()
    {
        if (!Current.Is('('))
        {
            throw new FormatException();
        }

        var start = ++_next;
        for (var depth = 1; !AtEnd; _next++)
        {
            depth += Current.Is('(') ? 1 : Current.Is(')') ? -1 : 0;
            if (depth == 0)
            {
                return [.. tokens.Skip(start).Take(_next++ - start)];
            }
        }

        throw new FormatException();
    }

    /// <summary>All that is left.</summary>
    public IReadOnlyList<SqliteToken> TakeRest()
    {
        var rest = tokens.Skip(_next).ToList();
        _next = tokens.Count;
        return rest;
    }

    /// <summary>The parts between commas.</summary>
    public static IEnumerable<IReadOnlyList<SqliteToken>> Split(IReadOnlyList<SqliteToken> tokens)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= tokens.Count; i++)
        {
            if (i == tokens.Count || (depth == 0 && tokens[i].Is(',')))
            {
                yield return [.. tokens.Skip(start).Take(i - start)];
                start = i + 1;
                continue;
            }

            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
        }
    }

    /// <summary>Columns in parentheses, as an index or a constraint has them.</summary>
    public static string Columns(IReadOnlyList<SqliteToken> columns) => $"({string.Join(", ", Split(columns).Select(Column))})";

    private static string Column(IReadOnlyList<SqliteToken> column)
    {
        // That it ascends says nothing, and a name alone needs its quotes only where it would not be one without.
        var kept = column is [.., var last] && last.Is("ASC") ? [.. column.SkipLast(1)] : column.ToArray();
        return kept is [{ IsName: true } name, .. var rest] && (rest.Length == 0 || rest[0].Is("COLLATE") || rest[0].Is("DESC"))
            ? string.Join(' ', [SqliteToken.Quote(SqliteToken.Unquote(name.Text)), .. rest.Select(token => SqliteToken.Unquote(token.Text).ToUpperInvariant())])
            : SqliteText.Line(kept);
    }
}
