using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// A function or block of PL/pgSQL in which something failed, and its line. The server tells both in a sentence of its language, such
/// as <c>PL/pgSQL-Funktion f(integer) Zeile 3 bei RAISE</c>: the names are the same in all of them, and the line is the number.
/// </summary>
/// <param name="Definition">The statement of the script that defines it; <see langword="null"/> when none does.</param>
/// <param name="Line">The line, from 1; 0 when the server did not tell.</param>
internal sealed partial record BodyFrame(ScriptStatement? Definition, int Line)
{
    private const string Language = "PL/pgSQL";
    private const string BlockName = "inline_code_block";

    /// <summary>The frames from the innermost outward, as far as they are PL/pgSQL's.</summary>
    public static IEnumerable<BodyFrame> Of(PostgresException exception, MigrationScript script, ScriptStatement failed) =>
        (exception.Where ?? "").Split('\n').Where(line => line.Contains(Language, StringComparison.Ordinal)).Select(line => Read(line, script, failed));

    private static BodyFrame Read(string line, MigrationScript script, ScriptStatement failed)
    {
        var block = line.IndexOf(BlockName, StringComparison.Ordinal);
        if (block >= 0)
        {
            return new BodyFrame(failed, LineIn(line, block, block + BlockName.Length));
        }

        var function = script.ReadStatements()
            .TakeWhile(statement => statement.Offset < failed.Offset)
            .Select(statement => (Statement: statement, Place: PlaceOf(statement, line)))
            .LastOrDefault(found => found.Place is not null);
        return function is { Statement: { } definition, Place: { } place } ? new BodyFrame(definition, LineIn(line, place.Start, place.End)) : new BodyFrame(null, 0);
    }

    // As a rule the line follows the name; in Chinese it stands before it.
    private static int LineIn(string line, int start, int end)
    {
        var number = Number().Match(line, end);
        number = number.Success ? number : Number().Matches(line[..start]).LastOrDefault() ?? number;
        return number.Success ? int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    // The server writes the types of the arguments behind the name.
    private static (int Start, int End)? PlaceOf(ScriptStatement statement, string line)
    {
        if (FunctionDefinition().Match(statement.Text) is not { Success: true } definition)
        {
            return null;
        }

        var name = definition.Groups["name"].Value;
        for (var start = line.IndexOf(name, StringComparison.OrdinalIgnoreCase); start >= 0; start = line.IndexOf(name, start + 1, StringComparison.OrdinalIgnoreCase))
        {
            var arguments = line.AsSpan(start + name.Length).TrimStart('"');
            var isWhole = start == 0 || !(char.IsAsciiLetterOrDigit(line[start - 1]) || line[start - 1] == '_');
            if (isWhole && arguments.StartsWith("(", StringComparison.Ordinal) && arguments.IndexOf(')') is var close and >= 0)
            {
                return (start, line.Length - arguments.Length + close + 1);
            }
        }

        return null;
    }

    [GeneratedRegex(@"[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE)\s+((""[^""]+""|\w+)\s*\.\s*)?""?(?<name>[^\s(""]+)""?\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionDefinition();
}
