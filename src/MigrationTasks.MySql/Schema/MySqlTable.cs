using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.MySql.Schema;

/// <summary>
/// Takes what <c>SHOW CREATE TABLE</c> says apart, and keeps the pieces as the server writes them: that is everything that can be known
/// of a table, and the only place that has all of it.
/// </summary>
internal static class MySqlTable
{
    private static readonly SqlLexicon Lexicon = MySqlDialect.Instance.Lexicon;

    public static IEnumerable<SchemaFact> Read(string sql)
    {
        var (parts, options) = Split(sql);
        var position = 0;
        foreach (var part in parts)
        {
            var fact = ReadPart(part);
            yield return fact.Kind == "column" ? fact with { Position = ++position } : fact;
        }

        foreach (var fact in ReadOptions(options))
        {
            yield return fact;
        }
    }

    /// <summary>A name as the catalogue has it.</summary>
    public static string Unquote(ReadOnlySpan<char> name) => name is ['`', .., '`'] ? name[1..^1].ToString().Replace("``", "`", StringComparison.Ordinal) : name.ToString();

    // What stands between the commas of the parentheses, and what stands behind those.
    private static (List<string> Parts, string Options) Split(string sql)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var token = new SqlTokens(sql, Lexicon); !token.AtEnd; token.Skip())
        {
            if (token.Kind == SqlTokenKind.OpenParenthesis)
            {
                start = ++depth == 1 ? token.Start + 1 : start;
            }
            else if (token.Kind == SqlTokenKind.CloseParenthesis && --depth == 0)
            {
                parts.Add(sql[start..token.Start].Trim());
                return (parts, sql[(token.Start + 1)..]);
            }
            else if (depth == 1 && token.Text is ",")
            {
                parts.Add(sql[start..token.Start].Trim());
                start = token.Start + 1;
            }
        }

        return (parts, "");
    }

    private static SchemaFact ReadPart(string part)
    {
        var token = new SqlTokens(part, Lexicon);
        if (token.Kind == SqlTokenKind.QuotedName)
        {
            return Named("column", ref token, part, "");
        }

        if (token.Take("CONSTRAINT"))
        {
            return Named("constraint", ref token, part, "");
        }

        if (token.Take("PRIMARY"))
        {
            return new SchemaFact("constraint", "PRIMARY", part);
        }

        var kind = token.Take("UNIQUE") ? "UNIQUE " : token.Take("FULLTEXT") ? "FULLTEXT " : token.Take("SPATIAL") ? "SPATIAL " : token.Take("VECTOR") ? "VECTOR " : "";
        return token.Take("KEY") && token.Kind == SqlTokenKind.QuotedName ? Named("index", ref token, part, kind) : new SchemaFact("part", part);
    }

    private static SchemaFact Named(string kind, ref SqlTokens token, string part, string prefix)
    {
        var name = token.Text;
        return new SchemaFact(kind, Unquote(name), prefix + part[(token.Start + name.Length)..].Trim());
    }

    // The next number of a column that counts is no part of the schema.
    private static IEnumerable<SchemaFact> ReadOptions(string text)
    {
        var partitions = text.Length;
        var (start, end) = (0, 0);
        for (var token = new SqlTokens(text, Lexicon); !token.AtEnd; token.Skip())
        {
            var here = token.Start;
            if (token.Take("PARTITION"))
            {
                // The server writes partitions in a line of their own, and older ones as code for those that know them.
                partitions = text.LastIndexOf('\n', here) is >= 0 and var line ? line : here;
                break;
            }

            if (token.Take("AUTO_INCREMENT") && token.Take('='))
            {
                (start, end) = (here, token.Start + token.Text.Length);
            }
        }

        var options = string.Join(' ', (text[..start].TrimEnd() + text[end..partitions]).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (options.Length > 0)
        {
            yield return new SchemaFact("options", "", options);
        }

        if (partitions < text.Length)
        {
            yield return new SchemaFact("partitions", "", text[partitions..].Trim());
        }
    }
}
