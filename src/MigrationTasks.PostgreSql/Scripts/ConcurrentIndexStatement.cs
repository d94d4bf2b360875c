using System.Globalization;
using System.Text;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>What a statement of PostgreSQL does to an index while others go on working.</summary>
public enum ConcurrentIndexAction
{
    /// <summary><c>CREATE INDEX CONCURRENTLY</c>: it leaves an invalid index when it fails.</summary>
    Create,

    /// <summary><c>DROP INDEX CONCURRENTLY</c>: it leaves the index, which is invalid then, when it fails.</summary>
    Drop,

    /// <summary><c>REINDEX … CONCURRENTLY</c> of an index or a table: it leaves invalid indexes with endings of their own when it fails.</summary>
    Rebuild,
}

/// <summary>A statement of PostgreSQL that creates, drops or rebuilds an index concurrently, as its tokens say.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Table">The table, as written; <see langword="null"/> where the statement names the index alone.</param>
/// <param name="Index">The index, as written; <see langword="null"/> where the statement names none.</param>
/// <param name="UsualIndex">
/// The name that the server gives an index without one, unless it is taken; <see langword="null"/> when it cannot be told from the
/// tokens.
/// </param>
/// <param name="IsConditional">Whether it does nothing when the index is there already, or is not there: <c>IF [NOT] EXISTS</c>.</param>
public sealed record ConcurrentIndexStatement(ConcurrentIndexAction Action, string? Table, string? Index, string? UsualIndex = null, bool IsConditional = false)
{
    private const int LongestName = 63;

    /// <summary>Reads a statement; <see langword="null"/> when it is none of these.</summary>
    /// <param name="statement">The statement's text.</param>
    public static ConcurrentIndexStatement? Read(string statement)
    {
        var tokens = new SqlTokens(statement, PostgreSqlDialect.Instance.Lexicon);
        return tokens.Take("CREATE") ? ReadCreate(tokens)
            : tokens.Take("DROP") ? ReadDrop(tokens)
            : tokens.Take("REINDEX") ? ReadRebuild(tokens)
            : null;
    }

    private static ConcurrentIndexStatement? ReadCreate(SqlTokens tokens)
    {
        tokens.Take("UNIQUE");
        if (!tokens.Take("INDEX") || !tokens.Take("CONCURRENTLY"))
        {
            return null;
        }

        var isConditional = tokens.Take("IF") && tokens.Take("NOT") && tokens.Take("EXISTS");
        var index = tokens.Take("ON") ? null : TakeName(ref tokens);
        if (index is not null)
        {
            tokens.Take("ON");
        }

        tokens.Take("ONLY");
        var table = TakeName(ref tokens);
        return new ConcurrentIndexStatement(ConcurrentIndexAction.Create, table, index, index is null ? UsualNameOf(table, tokens) : null, isConditional);
    }

    private static ConcurrentIndexStatement? ReadDrop(SqlTokens tokens)
    {
        if (!tokens.Take("INDEX") || !tokens.Take("CONCURRENTLY"))
        {
            return null;
        }

        var isConditional = tokens.Take("IF") && tokens.Take("EXISTS");
        return new ConcurrentIndexStatement(ConcurrentIndexAction.Drop, null, TakeName(ref tokens), IsConditional: isConditional);
    }

    private static ConcurrentIndexStatement? ReadRebuild(SqlTokens tokens)
    {
        var isConcurrent = PostgreSqlOptions.IsOn(tokens, "CONCURRENTLY");
        tokens.SkipParentheses();
        var isIndex = tokens.Take("INDEX");
        if ((!isIndex && !tokens.Take("TABLE")) || !(tokens.Take("CONCURRENTLY") || isConcurrent))
        {
            return null;
        }

        var name = TakeName(ref tokens);
        return new ConcurrentIndexStatement(ConcurrentIndexAction.Rebuild, isIndex ? null : name, isIndex ? name : null);
    }

    // The server puts the table and the columns together: orders_customer_id_idx. How it shortens a long name, or names an
    // expression, cannot be told from here.
    private static string? UsualNameOf(string? table, SqlTokens rest)
    {
        if (table is null)
        {
            return null;
        }

        if (rest.Take("USING"))
        {
            rest.Skip();
        }

        var columns = TakeColumns(ref rest);
        if (rest.Take("INCLUDE"))
        {
            columns = columns is null || TakeColumns(ref rest) is not { } included ? null : [.. columns, .. included];
        }

        if (columns is null || columns.Distinct(StringComparer.Ordinal).Count() < columns.Count)
        {
            return null;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{LastPart(table)}_{string.Join('_', columns)}_idx");
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? name : null;
    }

    private static List<string>? TakeColumns(ref SqlTokens tokens)
    {
        if (!tokens.Take('('))
        {
            return null;
        }

        var columns = new List<string>();
        do
        {
            var column = tokens.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName ? Plain(tokens.Text) : null;
            tokens.Skip();
            if (column is null || tokens.Kind == SqlTokenKind.OpenParenthesis)
            {
                return null;
            }

            columns.Add(column);
            // Its collation, operator class and order.
            while (!tokens.AtEnd && tokens.Text is not ("," or ")"))
            {
                if (tokens.Kind == SqlTokenKind.OpenParenthesis)
                {
                    tokens.SkipParentheses();
                }
                else
                {
                    tokens.Skip();
                }
            }
        }
        while (tokens.Take(','));

        return tokens.Take(')') ? columns : null;
    }

    // As written, so that the server finds out what it means.
    private static string? TakeName(ref SqlTokens tokens)
    {
        var name = new StringBuilder();
        do
        {
            if (tokens.AtEnd || tokens.Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName))
            {
                return null;
            }

            name.Append(name.Length > 0 ? "." : "").Append(tokens.Text);
            tokens.Skip();
        }
        while (tokens.Take('.'));
        return name.ToString();
    }

    private static string LastPart(string name)
    {
        var tokens = new SqlTokens(name, PostgreSqlDialect.Instance.Lexicon);
        var last = "";
        for (; !tokens.AtEnd; tokens.Skip())
        {
            last = Plain(tokens.Text);
        }

        return last;
    }

#pragma warning disable CA1308 // The server folds names to lower case.
    private static string Plain(ReadOnlySpan<char> name) => name is ['"', .. var quoted, '"']
        ? quoted.ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
        : name.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
