using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// Boolean options in parentheses: <c>(name)</c>, <c>(name false)</c> as in REINDEX, <c>WITH (name = false)</c> as in
/// CREATE SUBSCRIPTION.
/// </summary>
internal static class PostgreSqlOptions
{
    public static bool IsOn(SqlTokens statement, string option) => Read(statement, option) == true;

    public static bool IsOff(SqlTokens statement, string option) => Read(statement, option) == false;

    private static bool? Read(SqlTokens tokens, string option)
    {
        for (var isInParentheses = false; !tokens.AtEnd; tokens.Skip())
        {
            if (isInParentheses && tokens.Take(option))
            {
                tokens.Take('=');
                return !IsFalse(tokens.Text);
            }

            isInParentheses = tokens.Kind switch
            {
                SqlTokenKind.OpenParenthesis => true,
                SqlTokenKind.CloseParenthesis => false,
                _ => isInParentheses,
            };
        }

        return null;
    }

    private static bool IsFalse(ReadOnlySpan<char> value)
    {
        value = value.Trim('\'');
        return value is "0"
            || value.Equals("false", StringComparison.OrdinalIgnoreCase)
            || value.Equals("off", StringComparison.OrdinalIgnoreCase);
    }
}
