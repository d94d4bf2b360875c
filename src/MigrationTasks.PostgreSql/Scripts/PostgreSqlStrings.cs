using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// Follows <c>standard_conforming_strings</c>: where a script turns it off, a backslash escapes in a plain string too, and <c>'it\'s'</c>
/// is one.
/// </summary>
/// <param name="standard">The dialect where it is on.</param>
/// <param name="escaping">The same where it is off.</param>
internal sealed class PostgreSqlStrings(SqlDialect standard, SqlDialect escaping) : DialectTracker
{
    private const string Setting = "STANDARD_CONFORMING_STRINGS";
    private const int LongestKeyword = 16;
    private const int LongestThatSets = 512;

    private bool _isOff;
    private bool? _isOffLocally;
    private bool _wasOff;

    /// <inheritdoc/>
    public override SqlDialect Pass(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        switch (statement.Kind)
        {
            case StatementKind.TransactionStart:
                _wasOff = _isOff;
                break;
            case StatementKind.TransactionEnd:
                _isOffLocally = null;
                break;
            case StatementKind.TransactionControl when statement.FirstWords.StartsWith("ROLLBACK", StringComparison.Ordinal) || statement.FirstWords.StartsWith("ABORT", StringComparison.Ordinal):
                (_isOff, _isOffLocally) = (_wasOff, null);
                break;
            case StatementKind.Ordinary or StatementKind.NeedsNoTransaction when statement.Text.Length < LongestThatSets:
                Read(new SqlTokens(statement.Text, (_isOffLocally ?? _isOff ? escaping : standard).Lexicon));
                break;
        }

        return _isOffLocally ?? _isOff ? escaping : standard;
    }

    private void Read(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "SET":
                ReadSet(statement);
                break;
            case "RESET" when statement.Take(Setting) || statement.Take("ALL"):
            case "DISCARD" when statement.Take("ALL"):
                (_isOff, _isOffLocally) = (false, null);
                break;
            case "SELECT" when PostgreSqlSession.TakesSetConfig(ref statement):
                ReadSetConfig(statement);
                break;
        }
    }

    private void ReadSet(SqlTokens rest)
    {
        var isLocal = rest.Take("LOCAL");
        if (!isLocal)
        {
            rest.Take("SESSION");
        }

        if (rest.Take(Setting) && (rest.Take('=') || rest.Take("TO")))
        {
            Set(IsOff(rest.Text.Trim('\'')), isLocal);
        }
    }

    private void ReadSetConfig(SqlTokens rest)
    {
        rest.Take('(');
        var isIt = rest.Text.Trim('\'').Equals(Setting, StringComparison.OrdinalIgnoreCase);
        rest.Skip();
        if (isIt && rest.Take(','))
        {
            var isOff = IsOff(rest.Text.Trim('\''));
            rest.Skip();
            rest.Take(',');
            Set(isOff, isLocal: !IsOff(rest.Text.Trim('\'')));
        }
    }

    private void Set(bool isOff, bool isLocal)
    {
        if (isLocal)
        {
            _isOffLocally = isOff;
        }
        else
        {
            (_isOff, _isOffLocally) = (isOff, null);
        }
    }

    // As the server reads a boolean, which may be cut short.
    private static bool IsOff(ReadOnlySpan<char> value) =>
        value is "0"
        || value.Equals("off", StringComparison.OrdinalIgnoreCase)
        || value.Equals("of", StringComparison.OrdinalIgnoreCase)
        || (value.Length > 0 && ("false".AsSpan().StartsWith(value, StringComparison.OrdinalIgnoreCase) || "no".AsSpan().StartsWith(value, StringComparison.OrdinalIgnoreCase)));
}
