using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Finds the source in <c>CREATE FUNCTION|PROCEDURE … AS '…'</c> and <c>DO '…'</c>, whichever way it is quoted.</summary>
internal static class PostgreSqlBodies
{
    public static QuotedBody? Find(SqlTokens statement)
    {
        if (statement.Take("DO"))
        {
            if (statement.Take("LANGUAGE"))
            {
                statement.Skip();
            }

            return Unquote(statement);
        }

        return IsRoutine(ref statement) && statement.TakeName() && statement.SkipPast("AS") ? Unquote(statement) : null;
    }

    private static bool IsRoutine(ref SqlTokens statement)
    {
        if (!statement.Take("CREATE"))
        {
            return false;
        }

        if (statement.Take("OR"))
        {
            statement.Take("REPLACE");
        }

        return statement.Take("FUNCTION") || statement.Take("PROCEDURE");
    }

    // What an escape or a continued string stands for cannot be matched to the file character by character.
    private static QuotedBody? Unquote(SqlTokens statement)
    {
        var literal = statement.Text;
        var start = statement.Start;
        if (statement.AtEnd || statement.Kind != SqlTokenKind.Literal)
        {
            return null;
        }

        if (literal[0] == '$')
        {
            var delimiter = literal[1..].IndexOf('$') + 2;
            return new QuotedBody(start + delimiter, literal.Length - (2 * delimiter), DoublesQuotes: false);
        }

        statement.Skip();
        return literal[0] == '\'' && (statement.AtEnd || statement.Kind != SqlTokenKind.Literal)
            ? new QuotedBody(start + 1, literal.Length - 2, DoublesQuotes: true)
            : null;
    }
}
