using System.Text;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>
/// Tokens as text that is the same however they were spaced, commented and quoted: a database keeps every statement as its author
/// wrote it, and nobody means a difference by that. The text is valid SQL, and means the same.
/// </summary>
internal static class SqliteText
{
    private static readonly string[] Clauses = ["FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "BEGIN"];

    /// <summary>One line.</summary>
    public static string Line(IReadOnlyList<SqliteToken> tokens) => Write(tokens, inLines: false);

    /// <summary>Lines, so that what changes in a long statement can be seen.</summary>
    public static string Lines(IReadOnlyList<SqliteToken> tokens) => Write(tokens, inLines: true);

    private static string Write(IReadOnlyList<SqliteToken> tokens, bool inLines)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (i > 0)
            {
                text.Append(inLines && depth == 0 && BreaksBefore(tokens, i) ? "\n" : NeedsSpace(tokens, i) ? " " : "");
            }

            text.Append(Normal(token));
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
        }

        return text.ToString();
    }

    private static string Normal(SqliteToken token) => token.Kind switch
    {
        SqlTokenKind.Word when SqliteKeywords.IsReserved(token.Text) => token.Text.ToUpperInvariant(),
        // What looks like a name may be meant as a string, and is one where there is no such column: the quotes stay.
        SqlTokenKind.QuotedName => $"\"{SqliteToken.Unquote(token.Text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => token.Text,
    };

    private static bool BreaksBefore(IReadOnlyList<SqliteToken> tokens, int i)
    {
        var before = tokens[i - 1];
        return before.Kind == SqlTokenKind.Semicolon || before.Is("BEGIN")
            || (Array.Exists(Clauses, clause => tokens[i].Is(clause)) && !before.Is("DELETE") && !before.Is("DISTINCT") && !before.Is("NOT"));
    }

    private static bool NeedsSpace(IReadOnlyList<SqliteToken> tokens, int i)
    {
        var (before, token) = (tokens[i - 1], tokens[i]);
        if (token.Is(',') || token.Is(')') || token.Is('.') || token.Kind == SqlTokenKind.Semicolon || before.Is('(') || before.Is('.'))
        {
            return false;
        }

        if (token.Is('('))
        {
            return before.Kind != SqlTokenKind.Word || SqliteKeywords.IsReserved(before.Text);
        }

        // Operators of several characters, numbers such as 1e5, and blobs such as x'00' are several tokens.
        var isPart = IsOperator(before) && IsOperator(token)
            || (before.Kind == SqlTokenKind.Number && token.Kind is SqlTokenKind.Word or SqlTokenKind.Number)
            || (before.Kind == SqlTokenKind.Word && token.Kind is SqlTokenKind.Number)
            || (before.Kind == SqlTokenKind.Word && token.Kind == SqlTokenKind.Literal && before.Text is "x" or "X")
            || before.Text is "@" or ":" or "#";
        return !(isPart && token.IsGlued) && !IsSign(tokens, i - 1);
    }

    private static bool IsOperator(SqliteToken token) => token.Kind == SqlTokenKind.Symbol && !token.Is(',') && !token.Is(')') && !token.Is('(');

    private static bool IsSign(IReadOnlyList<SqliteToken> tokens, int i) =>
        (tokens[i].Is('-') || tokens[i].Is('+') || tokens[i].Is('~'))
        && (i == 0 || tokens[i - 1].Is('(') || tokens[i - 1].Is(',') || (tokens[i - 1].Kind == SqlTokenKind.Word && SqliteKeywords.IsReserved(tokens[i - 1].Text)));
}
