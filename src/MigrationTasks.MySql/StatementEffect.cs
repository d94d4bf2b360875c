using System.Text.RegularExpressions;

namespace MigrationTasks.MySql;

/// <summary>Something whose being there tells whether a statement was completed: what it creates or drops.</summary>
/// <param name="What">What it is, for messages.</param>
/// <param name="Query">Counts it.</param>
/// <param name="IsCreated">Whether the statement creates it; else it drops it.</param>
internal sealed partial record StatementEffect(string What, string Query, bool IsCreated)
{
    private const string Name = @"(`[^`]+`|[\w$]+)";
    private const string Object = $@"((?<schema>{Name})\s*\.\s*)?(?<name>{Name})";

    /// <summary>The effect of a statement that does all or nothing; <see langword="null"/> when its words do not tell any.</summary>
    public static StatementEffect? Of(string statement)
    {
        if (Whole().Match(statement) is { Success: true } whole)
        {
            var kind = whole.Groups["kind"].Value.ToUpperInvariant();
            return new StatementEffect($"{kind.ToLowerInvariant()} {NameOf(whole, "name")}", QueryOf(kind, whole), Creates(whole));
        }

        if (Index().Match(statement) is { Success: true } index)
        {
            return OfIndex(index, Creates(index));
        }

        if (Altered().Match(statement) is { Success: true } altered)
        {
            var isAdded = altered.Groups["verb"].Value.Equals("ADD", StringComparison.OrdinalIgnoreCase);
            return altered.Groups["index"].Success
                ? OfIndex(altered, isAdded)
                : new StatementEffect($"column {NameOf(altered, "part")} of {NameOf(altered, "name")}", $"SELECT COUNT(*) FROM information_schema.COLUMNS WHERE {InTable(altered)} AND COLUMN_NAME = {Text(altered, "part")}", isAdded);
        }

        return null;
    }

    private static StatementEffect OfIndex(Match match, bool isCreated) =>
        new($"index {NameOf(match, "part")} of {NameOf(match, "name")}", $"SELECT COUNT(*) FROM information_schema.STATISTICS WHERE {InTable(match)} AND INDEX_NAME = {Text(match, "part")}", isCreated);

    private static string QueryOf(string kind, Match match) => kind switch
    {
        "TRIGGER" => $"SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {Schema(match)} AND TRIGGER_NAME = {Text(match, "name")}",
        "EVENT" => $"SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {Schema(match)} AND EVENT_NAME = {Text(match, "name")}",
        "PROCEDURE" or "FUNCTION" => $"SELECT COUNT(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {Schema(match)} AND ROUTINE_TYPE = '{kind}' AND ROUTINE_NAME = {Text(match, "name")}",
        _ => $"SELECT COUNT(*) FROM information_schema.TABLES WHERE {InTable(match)}",
    };

    private static bool Creates(Match match) => match.Groups["verb"].Value.Equals("CREATE", StringComparison.OrdinalIgnoreCase);

    private static string InTable(Match match) => $"TABLE_SCHEMA = {Schema(match)} AND TABLE_NAME = {Text(match, "name")}";

    private static string Schema(Match match) => match.Groups["schema"].Success ? Text(match, "schema") : "DATABASE()";

    private static string Text(Match match, string group) => MySqlLiteral.Of(NameOf(match, group));

    private static string NameOf(Match match, string group) => match.Groups[group].Value.Trim('`');

    // With several names, one may be there and another not.
    [GeneratedRegex($@"^\s*(?<verb>CREATE|DROP)\s+(DEFINER\s*=\s*\S+\s+|ALGORITHM\s*=\s*\w+\s+|SQL\s+SECURITY\s+\w+\s+)*(?<kind>TABLE|VIEW|SEQUENCE|TRIGGER|EVENT|PROCEDURE|FUNCTION)\s+{Object}(?!\s*[,.\w$`])|^\s*(?<verb>CREATE)\s+(DEFINER\s*=\s*\S+\s+|ALGORITHM\s*=\s*\w+\s+|SQL\s+SECURITY\s+\w+\s+)*(?<kind>TABLE|VIEW|SEQUENCE|TRIGGER|EVENT|PROCEDURE|FUNCTION)\s+(?!IF\b){Object}(?!\s*\.)", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();

    [GeneratedRegex($@"^\s*(?<verb>CREATE|DROP)\s+(UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?INDEX\s+(?!IF\b)(?<part>{Name})\s+(USING\s+\w+\s+)?ON\s+{Object}", RegexOptions.IgnoreCase)]
    private static partial Regex Index();

    [GeneratedRegex($@"^\s*ALTER\s+TABLE\s+(?!IF\b){Object}\s+(?<verb>ADD|DROP)\s+((?<index>(UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?(INDEX|KEY)\s+)|(COLUMN\s+)?(?!(COLUMN|IF|CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|FULLTEXT|SPATIAL|CHECK|PARTITION|PERIOD|SYSTEM|INDEX|KEY)\b))(?!IF\b)(?<part>{Name})(?=\s|,|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Altered();
}
