using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary><c>COPY</c> from and to a client program, in the syntax of today and in those of earlier versions that servers still take.</summary>
internal static class PostgreSqlCopy
{
    /// <summary>Tells where the rows come from or go to.</summary>
    /// <param name="rest">The statement, behind <c>COPY</c>.</param>
    public static StatementKind Classify(SqlTokens rest)
    {
        SkipSubject(ref rest);
        var kind = rest.Take("FROM") ? StatementKind.CopyFromStdin : rest.Take("TO") ? StatementKind.CopyToStdout : StatementKind.Ordinary;

        // The server takes each for the other.
        return rest.Take("STDIN") || rest.Take("STDOUT") ? kind : StatementKind.Ordinary;
    }

    /// <summary>The format of the rows that follow a <see cref="StatementKind.CopyFromStdin"/>.</summary>
    /// <param name="rest">The statement, behind <c>COPY</c>.</param>
    public static CopyFormat FormatOf(SqlTokens rest)
    {
        var isBinary = rest.Take("BINARY");
        SkipSubject(ref rest);
        return isBinary ? CopyFormat.Binary : FindOption(rest) ?? CopyFormat.Text;
    }

    // A table with its columns, or a query.
    private static void SkipSubject(ref SqlTokens rest)
    {
        rest.Take("BINARY");
        rest.TakeName();
        rest.SkipParentheses();
    }

    private static CopyFormat? FindOption(SqlTokens rest)
    {
        while (!rest.AtEnd && !rest.Take("WHERE"))
        {
            if (rest.Kind == SqlTokenKind.OpenParenthesis)
            {
                return FindInList(rest);
            }

            if (rest.Kind == SqlTokenKind.Word && Named(rest.Text) is { } format)
            {
                return format;
            }

            rest.Skip();
        }

        return null;
    }

    private static CopyFormat? FindInList(SqlTokens list)
    {
        list.Skip();
        while (!list.AtEnd && list.Kind != SqlTokenKind.CloseParenthesis)
        {
            if (list.Take("FORMAT"))
            {
                return Named(list.Text.Trim("'\""));
            }

            if (list.Kind == SqlTokenKind.OpenParenthesis)
            {
                list.SkipParentheses();
            }
            else
            {
                list.Skip();
            }
        }

        return null;
    }

    private static CopyFormat? Named(ReadOnlySpan<char> name) =>
        name.Equals("CSV", StringComparison.OrdinalIgnoreCase) ? CopyFormat.Csv
        : name.Equals("BINARY", StringComparison.OrdinalIgnoreCase) ? CopyFormat.Binary
        : null;
}
