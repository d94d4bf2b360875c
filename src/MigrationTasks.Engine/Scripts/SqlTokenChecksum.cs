namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Takes a statement of SQL into a checksum: its tokens as written, without the white space and comments between them.
/// </summary>
/// <remarks>
/// Whether there is a gap between two tokens counts where it may change what they are: <c>1e5</c> is a number and
/// <c>1 e5</c> a number with a name, <c>@-</c> is one operator of PostgreSQL and <c>@ -</c> are two. Around punctuation, and
/// between an operator and its operands, it does not: <c>a=1</c> is <c>a = 1</c>.
/// </remarks>
internal static class SqlTokenChecksum
{
    private const string Hint = "/*+";

    public static void Append(ReadOnlySpan<char> statement, SqlLexicon lexicon, TokenChecksum checksum)
    {
        var tokens = new SqlScanner(statement, lexicon);
        var previous = default(ReadOnlySpan<char>);
        var end = 0;
        while (tokens.Read())
        {
            var token = statement[tokens.Start..tokens.End];
            var gap = statement[end..tokens.Start];
            if (end > 0 && (!gap.IsEmpty || IsGapOptional(previous, token)))
            {
                checksum.EndToken();
            }

            if (lexicon.HasHints && gap.Length > Hint.Length && gap.Contains(Hint, StringComparison.Ordinal))
            {
                checksum.Append(gap.Trim());
                checksum.EndToken();
            }

            checksum.Append(token);
            previous = token;
            end = tokens.End;
        }

        // Where a placeholder's value would close a quote, the text as written does not.
        checksum.Append(statement[end..]);
        checksum.EndToken();
    }

    private static bool IsGapOptional(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (IsPunctuation(left) || IsPunctuation(right))
        {
            return true;
        }

        // U&'…' is one literal.
        var isPrefix = left is "&" && right[0] is '\'' or '"';
        return !isPrefix && IsOperator(left) != IsOperator(right);
    }

    private static bool IsPunctuation(ReadOnlySpan<char> token) => token is [',' or ';' or '(' or ')' or '[' or ']'] or ['/', '*', ..] or ['*', '/'];

    private static bool IsOperator(ReadOnlySpan<char> token) => token is
        ['+' or '-' or '*' or '/' or '<' or '>' or '=' or '~' or '!' or '@' or '#' or '%' or '^' or '&' or '|' or '`' or '?' or ':'];
}
