using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;

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
/// A check has how many <c>migrations</c> the folder has in the place of <c>applied</c>, and the <c>missingVariable</c> for
/// lack of which no database was asked.
/// A status has <c>"migrations": [{ "migration": "003_orders.sql", "state": "applied", "appliedAt": "…", "durationMs": 3.1 }]</c>; the states are
/// <c>applied</c>, <c>pending</c>, <c>outOfOrder</c>, <c>aboveTarget</c>, <c>notNeeded</c>, <c>changed</c>, <c>edited</c>, <c>renamed</c>, <c>missing</c>,
/// <c>running</c>, <c>failed</c>, <c>partlyUndone</c> and <c>empty</c>.
/// A rollback has <c>"rolledBack": [{ "migration": "003_orders.sql", "durationMs": 3.1, "source": "header" }]</c> in the place of
/// <c>applied</c> (the source is <c>header</c>, <c>file</c> or <c>history</c>), how many are <c>left</c> to undo, and how many
/// another run undid (<c>overtaken</c>).
/// A dry run has the names of what its script applies, <c>"scripted": ["003_orders.sql"]</c>, in the place of <c>applied</c>, and the
/// <c>script</c>; one that tries has <c>"tried": [{ "migration": "003_orders.sql", "durationMs": 3.1 }]</c> and
/// <c>"untried": [{ "migration": "004_index.sql", "reason": "…" }]</c>. The <c>mode</c> is <c>script</c> or <c>rollback</c>.
/// A baseline has the <c>version</c> that was asked for, and the names of what it <c>marked</c>.
/// A repair has <c>"repaired": [{ "migration": "003_orders.sql", "repair": "renamed", "newName": "003_order.sql" }]</c>, and what is
/// <c>possible</c> besides with the <c>property</c> that asks for it; a repair is one of <c>checksums</c>, <c>renamed</c>, <c>failed</c>,
/// <c>completed</c>, <c>missing</c> and <c>empty</c>.
/// An import has the <c>tool</c> and its <c>table</c>, and <c>"entries": [{ "entry": "V2 create users", "migration": "002_create_users.sql",
/// "outcome": "imported", "problem": null }]</c>; the outcomes are <c>imported</c>, <c>importedToRunAgain</c>, <c>baseline</c>, <c>alreadyApplied</c>,
/// <c>needsNoFile</c>, <c>uncertain</c> and <c>failed</c>, and one that is uncertain or failed means that nothing was recorded.
/// </remarks>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        // The text goes into a file, not into a page: names stay readable in every language.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
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
        new("durationMs", Milliseconds(database.Duration)),
        .. Details(database, report),
        new("warnings", database.Warnings.Select(warning => Problem(warning, report))),
        new("errors", database.Errors.Select(error => Problem(error, report))),
    ]);

    private static KeyValuePair<string, object?>[] Details(DatabaseReport database, ProjectReport report) => database switch
    {
        RunReport run =>
        [
            new("alreadyApplied", run.AlreadyApplied),
            new("pending", run.Pending),
            new("empty", run.Empty),
            new("applied", run.Applied.Select(migration => new { migration = migration.Name, durationMs = Milliseconds(migration.Duration), resumedAtStatement = migration.ResumedAt })),
        ],
        RollbackReport rollback =>
        [
            new("overtaken", rollback.Overtaken),
            new("left", rollback.Left),
            new("rolledBack", rollback.RolledBack.Select(migration => new { migration = migration.Name, durationMs = Milliseconds(migration.Duration), source = SourceName(migration.Source) })),
        ],
        DryRunReport dryRun =>
        [
            new("alreadyApplied", dryRun.AlreadyApplied),
            new("pending", dryRun.Pending),
            new("empty", dryRun.Empty),
            new("mode", dryRun.Mode == DryRunMode.Script ? "script" : "rollback"),
            new("tried", dryRun.Tried.Select(migration => new { migration = migration.Name, durationMs = Milliseconds(migration.Duration) })),
            new("untried", dryRun.Untried.Select(migration => new { migration = migration.Name, reason = migration.Reason })),
            new("script", dryRun.ScriptFile is { } file ? report.Shorten(file) : null),
            new("scripted", dryRun.Scripted),
        ],
        StatusReport status =>
        [
            new("alreadyApplied", status.Applied),
            new("pending", status.Pending),
            new("empty", status.Empty),
            new("migrations", status.Entries.Select(entry => new { migration = entry.Name, state = NameOf(entry.State), appliedAt = entry.Row?.ExecutedAt, durationMs = entry.Row?.Duration is { } duration ? Milliseconds(duration) : (double?)null })),
        ],
        ValidationReport validation =>
        [
            new("migrations", validation.Migrations),
            new("missingVariable", validation.MissingVariable),
        ],
        BaselineReport baseline =>
        [
            new("version", baseline.Version.ToString()),
            new("alreadyApplied", baseline.AlreadyApplied),
            new("marked", baseline.Marked),
        ],
        RepairReport repair =>
        [
            new("repaired", repair.Done.Select(done => new { migration = done.Row.Name, repair = NameOf(done.Kind), newName = done.Kind == Repairs.Renamed ? done.Migration?.Name : null })),
            new("possible", repair.Possible.Select(possible => new { migration = possible.Row.Name, repair = NameOf(possible.Kind), newName = possible.Kind == Repairs.Renamed ? possible.Migration?.Name : null, property = RepairSummary.Property(possible) })),
        ],
        ImportReport import =>
        [
            new("tool", import.Tool.Length > 0 ? import.Tool : null),
            new("table", import.Table.Length > 0 ? import.Table : null),
            new("pending", import.Pending),
            new("entries", import.Lines.Select(line => new { entry = line.Entry, migration = line.Migration, outcome = NameOf(line.Outcome), problem = line.Problem })),
        ],
        _ => [],
    };

    private static string NameOf(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string SourceName(RollbackSource source) => source switch
    {
        RollbackSource.Header => "header",
        RollbackSource.File => "file",
        _ => "history",
    };

    private static object Problem(Diagnostic diagnostic, ProjectReport report) => new
    {
        code = diagnostic.Code,
        message = diagnostic.Message,
        file = diagnostic.Location.File is { } file ? report.Shorten(file) : null,
        line = Known(diagnostic.Location.Line),
        column = Known(diagnostic.Location.Column),
    };

    private static int? Known(int number) => number == 0 ? null : number;

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
