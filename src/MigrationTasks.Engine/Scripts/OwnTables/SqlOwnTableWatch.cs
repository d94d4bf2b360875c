namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>
/// What the dialects of SQL have in common. It looks at the first words of a statement, and further only where those can hit a
/// table: most statements cost it two tokens.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="comparison">How names are compared, once they are read.</param>
internal abstract class SqlOwnTableWatch(OwnTableSet tables, StringComparison comparison) : OwnTableWatch(tables)
{
    private const int LongestKeyword = 16;

    // A temporary table of the same name, which is found first.
    private readonly HashSet<string> _hidden = new(StringComparer.FromComparison(comparison));

    /// <inheritdoc/>
    public sealed override OwnTableHit? Read(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Read(statement.ReadTokens());
    }

    /// <summary>Reads a statement.</summary>
    protected OwnTableHit? Read(SqlTokens statement)
    {
        Span<char> buffer = stackalloc char[LongestKeyword];
        var keyword = buffer[..statement.TakeKeyword(buffer)];
        return keyword switch
        {
            "DROP" => ReadDrop(statement),
            "CREATE" => ReadCreate(statement),
            "ALTER" => ReadAlter(statement),
            "TRUNCATE" => ReadTruncate(statement),
            "INSERT" or "REPLACE" => ReadInsert(statement),
            "DELETE" => ReadDelete(statement),
            _ => ReadOther(keyword, statement),
        };
    }

    /// <summary>Reads what follows another keyword.</summary>
    protected virtual OwnTableHit? ReadOther(ReadOnlySpan<char> keyword, SqlTokens rest) => null;

    /// <summary>Reads what follows <c>DROP</c> and is no table; the name of what is hit as a whole, such as <c>schema public</c>.</summary>
    protected virtual OwnTableHit? ReadDropOther(SqlTokens rest) => null;

    /// <summary>Reads what follows <c>ALTER TABLE</c> and the name of one of the tables.</summary>
    protected abstract OwnTableThreat? ThreatOfAlter(SqlTokens rest);

    /// <summary>The new name that <c>ALTER TABLE</c> gives to another table, or <see langword="null"/>.</summary>
    protected virtual SqlTableName? NewNameOf(SqlTokens rest, SqlTableName table) =>
        rest.Take("RENAME") && rest.Take("TO") && TakeName(ref rest, out var name) ? name with { Schema = table.Schema } : null;

    /// <summary>A part of a name as the database compares it.</summary>
    protected abstract string Fold(ReadOnlySpan<char> text, bool isQuoted);

    /// <summary>Whether a name without a schema may be in the schema of the tables, or is made there.</summary>
    protected abstract bool IsCurrent(bool creates);

    /// <summary>Whether a schema is the one that holds the tables.</summary>
    protected virtual bool IsHolder(string schema) => Tables.Schema is { } holder && holder.Equals(schema, comparison);

    /// <summary>The table that a name means, if it is one of ours.</summary>
    protected string? Own(SqlTableName name, bool creates = false)
    {
        var own = name.Table.Equals(Tables.History, comparison) ? Tables.History : name.Table.Equals(Tables.Lock, comparison) ? Tables.Lock : null;
        return own is not null && (name.Schema is { } schema ? IsHolder(schema) : !_hidden.Contains(own) && IsCurrent(creates)) ? Tables.Qualify(own) : null;
    }

    /// <summary>The hit of a name, if it means one of ours.</summary>
    protected OwnTableHit? Hit(SqlTableName name, OwnTableThreat threat) =>
        Own(name, creates: threat == OwnTableThreat.Create) is { } own ? new OwnTableHit(threat, own) : null;

    /// <summary>Steps over a name, with its schema if it has one.</summary>
    protected bool TakeName(ref SqlTokens tokens, out SqlTableName name)
    {
        (string? schema, string? last) = (null, null);
        do
        {
            if (!TakePart(ref tokens, out var part))
            {
                name = default;
                return false;
            }

            (schema, last) = (last, part);
        }
        while (tokens.Take('.'));
        name = new SqlTableName(schema, last);
        return true;
    }

    /// <summary>Steps over one part of a name.</summary>
    protected bool TakePart(ref SqlTokens tokens, out string part)
    {
        part = "";
        if (tokens.AtEnd || !IsName(tokens))
        {
            return false;
        }

        var isQuoted = tokens.Kind != SqlTokenKind.Word;
        part = isQuoted ? Fold(Unquote(tokens.Text), isQuoted) : Fold(tokens.Text, isQuoted);
        tokens.Skip();
        return true;
    }

    /// <summary>Whether a token is a part of a name.</summary>
    protected virtual bool IsName(SqlTokens tokens) => tokens.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    /// <summary>The first hit of names that are separated by commas.</summary>
    protected OwnTableHit? ReadList(ref SqlTokens rest, OwnTableThreat threat)
    {
        OwnTableHit? found = null;
        do
        {
            rest.Take("ONLY");
            if (!TakeName(ref rest, out var name))
            {
                break;
            }

            found ??= Hit(name, threat);
            if (threat == OwnTableThreat.Drop && name.Schema is null)
            {
                _hidden.Remove(name.Table);
            }

            rest.Take('*');
        }
        while (rest.Take(','));
        return found;
    }

    /// <summary>Steps over <c>IF EXISTS</c>.</summary>
    protected static void TakeIfExists(ref SqlTokens tokens)
    {
        var rest = tokens;
        if (rest.Take("IF") && rest.Take("EXISTS"))
        {
            tokens = rest;
        }
    }

    /// <summary>Whether a keyword stands in what is left, in no parentheses.</summary>
    protected static bool Has(SqlTokens rest, string keyword)
    {
        while (!rest.AtEnd)
        {
            if (rest.Take(keyword))
            {
                return true;
            }

            if (rest.Kind == SqlTokenKind.OpenParenthesis)
            {
                rest.SkipParentheses();
            }
            else
            {
                rest.Skip();
            }
        }

        return false;
    }

    private OwnTableHit? ReadDrop(SqlTokens rest)
    {
        var isTemporary = rest.Take("TEMPORARY");
        if (!rest.Take("TABLE") && !rest.Take("TABLES") && !rest.Take("VIEW"))
        {
            return ReadDropOther(rest);
        }

        TakeIfExists(ref rest);
        var hit = ReadList(ref rest, OwnTableThreat.Drop);
        return isTemporary ? null : hit;
    }

    private OwnTableHit? ReadCreate(SqlTokens rest)
    {
        var replaces = rest.Take("OR") && rest.Take("REPLACE");
        _ = rest.Take("GLOBAL") || rest.Take("LOCAL");
        var isTemporary = rest.Take("TEMP") || rest.Take("TEMPORARY");
        _ = rest.Take("UNLOGGED") || rest.Take("FOREIGN") || rest.Take("VIRTUAL") || rest.Take("MATERIALIZED");
        if (!rest.Take("TABLE") && !rest.Take("VIEW"))
        {
            return null;
        }

        var condition = rest;
        var isConditional = condition.Take("IF") && condition.Take("NOT") && condition.Take("EXISTS");
        rest = isConditional ? condition : rest;
        if (!TakeName(ref rest, out var name))
        {
            return null;
        }

        if (isTemporary)
        {
            _hidden.Add(name.Table);
            return null;
        }

        return isConditional ? null : Hit(name, replaces ? OwnTableThreat.Drop : OwnTableThreat.Create);
    }

    private OwnTableHit? ReadAlter(SqlTokens rest)
    {
        _ = rest.Take("ONLINE");
        _ = rest.Take("IGNORE");
        _ = rest.Take("FOREIGN");
        if (!rest.Take("TABLE"))
        {
            return ReadAlterOther(rest);
        }

        TakeIfExists(ref rest);
        rest.Take("ONLY");
        if (!TakeName(ref rest, out var name))
        {
            return null;
        }

        rest.Take('*');
        return Own(name) is { } own ? ThreatOfAlter(rest) is { } threat ? new OwnTableHit(threat, own) : null
            : NewNameOf(rest, name) is { } renamed ? Hit(renamed, OwnTableThreat.Create)
            : null;
    }

    /// <summary>Reads what follows <c>ALTER</c> and is no table.</summary>
    protected virtual OwnTableHit? ReadAlterOther(SqlTokens rest) => null;

    private OwnTableHit? ReadTruncate(SqlTokens rest)
    {
        rest.Take("TABLE");
        return ReadList(ref rest, OwnTableThreat.Empty);
    }

    private OwnTableHit? ReadInsert(SqlTokens rest)
    {
        // INSERT OR REPLACE INTO, INSERT LOW_PRIORITY IGNORE INTO: at most three words.
        for (var words = 0; words < 3 && !rest.AtEnd && !IsAt(rest, "INTO") && Own(NameAt(rest)) is null; words++)
        {
            rest.Skip();
        }

        rest.Take("INTO");
        return TakeName(ref rest, out var name) ? Hit(name, OwnTableThreat.Fill) : null;
    }

    private OwnTableHit? ReadDelete(SqlTokens rest) =>
        rest.Take("FROM") && (rest.Take("ONLY") || true) && TakeName(ref rest, out var name) && !Has(rest, "WHERE") && !Has(rest, "USING") && !Has(rest, "LIMIT")
            ? Hit(name, OwnTableThreat.Empty)
            : null;

    private SqlTableName NameAt(SqlTokens tokens) => TakeName(ref tokens, out var name) ? name : new SqlTableName(null, "");

    private static bool IsAt(SqlTokens tokens, string keyword) => tokens.Take(keyword);

    private static string Unquote(ReadOnlySpan<char> text)
    {
        var quote = text[^1].ToString();
        return text[1..^1].ToString().Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}
