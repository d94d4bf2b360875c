using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did as JSON, for programs.</summary>
/// <remarks>
/// The shape only ever grows: members are added, never renamed or removed, while <c>formatVersion</c> is 1. Durations are in
/// milliseconds, paths are relative to the project where they are inside it, and what is not known is <c>null</c>.
/// <code>
/// {
///   "formatVersion": 1, "project": "Shop", "succeeded": false,
///   "databases": [{
///     "database": "postgresql", "displayName": "postgres (db/shop)", "target": "shop at db.example.com:5432", "folder": "migrations/postgresql",
///     "succeeded": false, "durationMs": 41.25, "alreadyApplied": 2, "pending": 1, "empty": 0,
///     "applied": [{ "migration": "003_orders.sql", "durationMs": 12.5, "resumedAtStatement": null }],
///     "warnings": [],
///     "errors": [{ "code": "MIG4005", "message": "…", "file": "migrations/postgresql/004_items.sql", "line": 3, "column": 7 }]
///   }]
/// }
/// </code>
/// The <c>database</c> is the name of its kind, the <c>displayName</c> what the project calls it.
/// How many of the pending ones have no statement yet is <c>empty</c>: a run leaves them alone.
/// What other commands have in the place of <c>applied</c>, their reports say.
/// </remarks>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        // The text goes into a file, not into a page: names stay readable in every language.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Milliseconds() },
    };

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    public static string Of(ProjectReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var json = JsonSerializer.Serialize(
            new
            {
                formatVersion = 1,
                project = report.Project,
                succeeded = report.Succeeded,
                databases = report.Databases.Select(database => Database(database, report)),
            },
            Options);
        return WithoutCommands(json) + "\n";
    }

    // A pipeline may print the file: what its agent or a terminal would take for a command is written as the escape of the same text.
    private static string WithoutCommands(string json)
    {
        var safe = new StringBuilder(json.Length);
        foreach (var character in json)
        {
            var isCommand = character == '#' ? safe.Length > 0 && safe[^1] == '#' : char.GetUnicodeCategory(character) == UnicodeCategory.Format;
            _ = isCommand ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : safe.Append(character);
        }

        return safe.ToString();
    }

    private static OrderedDictionary<string, object?> Database(DatabaseReport database, ProjectReport report) => new(
    [
        new("database", database.Database),
        new("displayName", database.DisplayName),
        new("target", database.Target),
        new("folder", report.Shorten(database.Folder)),
        new("succeeded", database.Succeeded),
        new("durationMs", database.Duration),
        .. database.Details(report.Shorten),
        new("warnings", database.Warnings.Select(warning => Problem(warning, report))),
        new("errors", database.Errors.Select(error => Problem(error, report))),
    ]);

    private static object Problem(Diagnostic diagnostic, ProjectReport report) => new
    {
        code = diagnostic.Code,
        message = diagnostic.Message,
        file = diagnostic.Location.File is { } file ? report.Shorten(file) : null,
        line = Known(diagnostic.Location.Line),
        column = Known(diagnostic.Location.Column),
    };

    private static int? Known(int number) => number == 0 ? null : number;

    private sealed class Milliseconds : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value.TotalMilliseconds, 3));
    }
}
