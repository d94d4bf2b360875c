namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>A value of a header that has no meaning.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Key">What stands before the colon.</param>
/// <param name="Value">What stands behind it, as written.</param>
/// <param name="Expected">What may stand there.</param>
/// <param name="Column">The column, counted from 1 in code points; 0 for the whole line.</param>
public sealed record HeaderProblem(int Line, string Key, string Value, string Expected, int Column = 0);

/// <summary>A line of what a header holds, without the marks of the comment, and where it stands in the file.</summary>
/// <param name="Text">The SQL.</param>
/// <param name="Line">The line of the file, counted from 1.</param>
/// <param name="Column">The column of its first character, counted from 1 in code points.</param>
public readonly record struct HeaderLine(string Text, int Line, int Column);

/// <summary>What the top of a migration says about it, in whatever form its language has for that.</summary>
public sealed record MigrationHeader
{
    private const string None = "none";

    /// <summary>The header of a file that has none.</summary>
    public static readonly MigrationHeader Empty = new();

    /// <summary>What the migration does, in words.</summary>
    public string? Title { get; init; }

    /// <summary>When it was written, as written.</summary>
    public string? Created { get; init; }

    /// <summary>What undoes it, line by line; none when it has no such key.</summary>
    public IReadOnlyList<HeaderLine> RollbackLines { get; init; } = [];

    /// <summary>What undoes it, or <see langword="null"/>.</summary>
    public string? Rollback => RollbackLines.Count == 0 ? null : string.Join('\n', RollbackLines.Select(line => line.Text));

    /// <summary>The versions or file names of the migrations that it needs.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Whether the migration runs in a transaction; the header can say no.</summary>
    public bool IsTransactional { get; init; } = true;

    /// <summary>
    /// How long a statement of the migration waits for a lock that somebody else holds; <see cref="TimeSpan.Zero"/> for as long
    /// as it takes, <see langword="null"/> when the header does not say.
    /// </summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary>Which warnings of lint it wants to hear none of, and why, each with its place; of SQL that is a comment anywhere, and none of the header's.</summary>
    public IReadOnlyList<HeaderLine> LintLines { get; init; } = [];

    /// <summary>The values that have no meaning.</summary>
    public IReadOnlyList<HeaderProblem> Problems { get; init; } = [];

    /// <summary>The lines that look like headers, but are none.</summary>
    public IReadOnlyList<HeaderSuspect> Suspects { get; init; } = [];

    /// <summary>All headers that there are, in SQL and in JSON.</summary>
    internal static IReadOnlyList<HeaderRow> Rows { get; } =
    [
        new("Migration", "description", HeaderKind.Text, (header, lines) => header with { Title = lines[0].Text }),
        new("Created", "created", HeaderKind.Text, (header, lines) => header with { Created = lines[0].Text }),
        new("Requires", "requires", HeaderKind.List, (header, lines) => header with { Requires = [.. lines.Select(line => line.Text)] })
        {
            Others = [(["requires", "dependson", "depends", "dependencies", "dependency"], _ => true)],
        },
        new("Rollback", "rollback", HeaderKind.Statements, (header, lines) => header with { RollbackLines = lines })
        {
            Others = [(["rollback"], _ => true), (["down", "undo", "revert"], IsStatement)],
        },
        new("Transaction", "transaction", HeaderKind.Text, (header, lines) => lines[0].Text.Equals(None, StringComparison.OrdinalIgnoreCase) ? header with { IsTransactional = false } : null)
        {
            Expected = None,
            Others = [(["transaction", "transactional", "intransaction", "usetransaction", "runintransaction", "executeintransaction"], value => value.ToUpperInvariant() is "NONE" or "NO" or "OFF" or "FALSE")],
        },
        new("Lock timeout", null, HeaderKind.Text, (header, lines) => HeaderDuration.TryParse(lines[0].Text, out var limit) ? header with { LockTimeout = limit } : null)
        {
            Expected = HeaderDuration.Form,
            Others = [(["locktimeout"], _ => true)],
        },
        new("Lint", "lint", HeaderKind.Remark, (header, lines) => header with { LintLines = lines }),
    ];

    private static bool IsStatement(string value) =>
        value.Split(' ')[0].ToUpperInvariant() is "DROP" or "ALTER" or "DELETE" or "UPDATE" or "INSERT" or "CREATE" or "TRUNCATE" or "BEGIN";
}
