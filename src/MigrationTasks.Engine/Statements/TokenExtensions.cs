using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>What several statements have in common.</summary>
internal static class TokenExtensions
{
    /// <summary>Steps over a name, with its schema if it has one.</summary>
    public static bool TakeName(this ref SqlTokens tokens, ActionList actions, out SqlName name)
    {
        (SqlPart? schema, SqlPart? last) = (null, null);
        do
        {
            if (!actions.Naming.IsName(tokens))
            {
                name = default;
                return false;
            }

            (schema, last) = (last, actions.Part(tokens));
            tokens.Skip();
        }
        while (tokens.Take('.'));
        name = actions.Naming.Of(schema, last.Value);
        return true;
    }

    /// <summary>Steps over a name that has no schema.</summary>
    public static bool TakePart(this ref SqlTokens tokens, ActionList actions, out SqlPart part)
    {
        if (!actions.Naming.IsName(tokens))
        {
            part = new SqlPart("", "");
            return false;
        }

        part = actions.Part(tokens);
        tokens.Skip();
        return true;
    }

    /// <summary>Steps over the word that says what is created, altered or dropped.</summary>
    public static bool TakeKind(this ref SqlTokens tokens, out SqlObjectKind kind)
    {
        kind = SqlObjectKind.Table;
        if (tokens.Take("TABLES"))
        {
            return true;
        }

        if (tokens.AtEnd || tokens.Kind != SqlTokenKind.Word || !Enum.TryParse(tokens.Text, ignoreCase: true, out kind))
        {
            return false;
        }

        tokens.Skip();
        kind = kind switch
        {
            SqlObjectKind.Aggregate when tokens.Take("FUNCTION") => SqlObjectKind.Function,
            SqlObjectKind.Event when tokens.Take("TRIGGER") => SqlObjectKind.EventTrigger,
            SqlObjectKind.Package when tokens.Take("BODY") => SqlObjectKind.PackageBody,
            _ => kind,
        };
        return true;
    }

    /// <summary>Steps over <c>IF EXISTS</c>.</summary>
    public static bool TakeIfExists(this ref SqlTokens tokens) => tokens.Take("IF") && tokens.Take("EXISTS");

    /// <summary>Steps over <c>IF NOT EXISTS</c>.</summary>
    public static bool TakeIfNotExists(this ref SqlTokens tokens) => tokens.Take("IF") && tokens.Take("NOT") && tokens.Take("EXISTS");

    /// <summary>Steps over the current token, or over a pair of parentheses or brackets with everything in it.</summary>
    public static void SkipBalanced(this ref SqlTokens tokens)
    {
        var depth = 0;
        do
        {
            depth += tokens.Text is "(" or "[" ? 1 : tokens.Text is ")" or "]" ? -1 : 0;
            tokens.Skip();
        }
        while (depth > 0 && !tokens.AtEnd);
    }

    /// <summary>Steps over everything up to and with a keyword that is in no parentheses.</summary>
    /// <returns>Whether it is there.</returns>
    public static bool SkipPast(this ref SqlTokens tokens, string keyword)
    {
        while (!tokens.AtEnd)
        {
            if (tokens.Take(keyword))
            {
                return true;
            }

            tokens.SkipBalanced();
        }

        return false;
    }

    /// <summary>Steps over everything up to and with the next comma that is in no parentheses.</summary>
    /// <returns>Whether there is one; it also stops before a parenthesis that closes what is around.</returns>
    public static bool SkipPastComma(this ref SqlTokens tokens)
    {
        while (!tokens.AtEnd && tokens.Text is not ")")
        {
            if (tokens.Take(','))
            {
                return true;
            }

            tokens.SkipBalanced();
        }

        return false;
    }
}
