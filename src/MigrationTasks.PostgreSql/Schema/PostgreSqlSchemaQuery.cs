using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationTasks.PostgreSql.Schema;

/// <summary>
/// The query that reads a schema: one statement, so that it costs one round trip and sees one moment, made of the files beside this
/// one. Each of its rows is a fact: kind and name of the object, kind and name of the fact, payload, position.
/// </summary>
internal static partial class PostgreSqlSchemaQuery
{
    private const string Shared = "Things";

    private static readonly string[] Parts = ["Rights", "Relations", "Columns", "Parts", "Types", "Routines", "Others"];

    /// <summary>The query for a server; its parameter <c>$1</c> is the tables to leave out, quoted, one a line.</summary>
    /// <param name="major">The server's major version.</param>
    public static string For(int major) => Read(Shared, major) + string.Join("UNION ALL\n", Parts.Select(part => Read(part, major)));

    // A line of a file can be for some versions only, and says so at its end.
    private static string Read(string part, int major)
    {
        using var stream = typeof(PostgreSqlSchemaQuery).Assembly.GetManifestResourceStream($"{typeof(PostgreSqlSchemaQuery).Namespace}.Queries.{part}.sql")!;
        using var reader = new StreamReader(stream);
        return string.Concat(reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && IsFor(line, major)).Select(line => line + '\n'));
    }

    private static bool IsFor(string line, int major) =>
        FirstVersion().Match(line) is not { Success: true } match || major >= int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-- ([0-9]+)\+\r?$")]
    private static partial Regex FirstVersion();
}
