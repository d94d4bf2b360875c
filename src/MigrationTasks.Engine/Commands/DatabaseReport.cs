using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands;

/// <summary>
/// What a command did on one database: also when it failed, so that what stands is known. Each command has its own, which says
/// itself how it reads: reports are written from what stands here, and know no command.
/// </summary>
public abstract record DatabaseReport
{
    /// <summary>The adapter's name, such as <c>postgresql</c>; empty when the project itself is not in order.</summary>
    public string Database { get; init; } = "";

    /// <summary>What the database is called: as the project calls its kind, with the folder when it has several of that name; <see cref="Database"/> when it is not said.</summary>
    public string DisplayName { get => field ?? Database; init; }

    /// <summary>The database, without secrets; empty when the configuration could not be read.</summary>
    public string Target { get; init; } = "";

    /// <summary>The migrations folder, a full path.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What was odd.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>What went wrong; nothing when the command succeeded.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>How long the command took in all.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the command did all that it was asked to.</summary>
    public bool Succeeded => Errors.Count == 0;

    /// <summary>The report as a caller wants it who silences some warnings and raises others to errors.</summary>
    /// <param name="isSilenced">Whether a code is neither told, nor counted, nor written.</param>
    /// <param name="isError">Whether a code is an error: what fails the command is no migration that is valid.</param>
    internal DatabaseReport Judge(Func<string, bool> isSilenced, Func<string, bool> isError) => this with
    {
        Warnings = [.. Warnings.Where(warning => !isSilenced(warning.Code) && !isError(warning.Code))],
        Errors = [.. Errors, .. Warnings.Where(warning => isError(warning.Code)).Select(warning => warning with { Severity = DiagnosticSeverity.Error })],
    };

    /// <summary>What came of it, in a few words: <c>3 migrations applied in 41 ms</c>.</summary>
    internal abstract string Outcome { get; }

    /// <summary>What it dealt with, as a table.</summary>
    internal abstract ReportTable Overview { get; }

    /// <summary>The same for a terminal: the rows of a table, or of several one below the other, each aligned by itself.</summary>
    internal virtual IEnumerable<IEnumerable<string[]>> Blocks => [Overview.Rows];

    /// <summary>What programs read of it, by the names of its members in JSON.</summary>
    /// <param name="shorten">Shows a path as the report does.</param>
    internal abstract KeyValuePair<string, object?>[] Details(Func<string, string> shorten);

    /// <summary>How many there are of something, to go on with behind a comma; nothing for none.</summary>
    private protected static string Count(int count, string noun) => count == 0 ? "" : $", {Wording.Of(count, noun)}";

    /// <summary>How many migrations are left pending because they have no statement, to end a line with; nothing for none.</summary>
    private protected static string WithoutStatement(int count) => count == 0 ? "" : $", {count} pending without a statement";
}

/// <summary>What a command dealt with on one database: cells of plain text.</summary>
/// <param name="Headings">What the columns are.</param>
/// <param name="Rows">The cells of each row, as many as there are headings.</param>
internal sealed record ReportTable(IReadOnlyList<string> Headings, IReadOnlyList<string[]> Rows)
{
    /// <summary>The heading of a column that holds durations, and is aligned as numbers are.</summary>
    public const string Time = "Time";
}
