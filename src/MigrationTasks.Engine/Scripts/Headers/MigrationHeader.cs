namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>A value of a header that has no meaning.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Key">What stands before the colon.</param>
/// <param name="Value">What stands behind it, as written.</param>
/// <param name="Expected">What may stand there.</param>
/// <param name="Column">The column, counted from 1 in code points; 0 for the whole line.</param>
public sealed record HeaderProblem(int Line, string Key, string Value, string Expected, int Column = 0);

/// <summary>What the top of a migration says about it, in whatever form its language has for that.</summary>
public sealed record MigrationHeader
{
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
}
