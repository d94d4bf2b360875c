using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads the expression behind <c>DEFAULT</c>, up to what follows it in the definition of the column.</summary>
internal static class DefaultReader
{
    public static SqlDefault Read(ref SqlTokens rest, ActionList actions)
    {
        var location = actions.At(rest);
        var isNull = rest.Take("NULL");
        var isConstant = true;
        var calls = new List<SqlName>();
        var depth = 0;
        var isAfterValue = isNull;
        while (!rest.AtEnd && (depth > 0 || (rest.Text is not ("," or ")") && !(isAfterValue && ColumnReader.IsAfterType(rest)))))
        {
            isConstant &= IsConstant(rest, isAfterValue);
            if (rest.Take(':') && rest.Take(':'))
            {
                // A type may have parentheses of its own: they are no call.
                rest.TakeName();
                rest.SkipParentheses();
            }
            else if (rest.TakeName(actions, out var name))
            {
                isAfterValue = true;
                if (rest.Text is "(")
                {
                    calls.Add(name);
                }
            }
            else
            {
                isAfterValue = rest.Text is not ("(" or "+" or "-");
                depth += rest.Text is "(" or "[" ? 1 : rest.Text is ")" or "]" ? -1 : 0;
                rest.Skip();
            }
        }

        return new SqlDefault(location, isNull, isConstant && calls.Count == 0, calls);
    }

    // A sign is part of a number, a dot too; any other symbol computes something.
    private static bool IsConstant(SqlTokens token, bool isAfterValue) => token.Kind switch
    {
        SqlTokenKind.Word => !(token.Take("CURRENT_TIMESTAMP") || token.Take("CURRENT_DATE") || token.Take("CURRENT_TIME")),
        SqlTokenKind.QuotedName or SqlTokenKind.Literal or SqlTokenKind.Number => true,
        _ => token.Text is "(" or ")" or "." || (token.Text is "+" or "-" && !isAfterValue),
    };
}
