using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Migrations;

/// <summary>A line of a header whose value has no meaning.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Key">What stands before the colon.</param>
/// <param name="Value">What stands behind it, as written.</param>
/// <param name="Expected">What may stand there.</param>
public sealed record HeaderProblem(int Line, string Key, string Value, string Expected);

/// <summary>What the comments at the top of a migration say about it, one <c>-- Key: value</c> a line.</summary>
public sealed record MigrationHeader
{
    private const string Comment = "--";
    private const string RulerCharacters = "-=*#_~+/";
    private const int ShortestRuler = 3;
    private static readonly string[] Keys = ["Migration", "Created", "Rollback", "Requires", "Transaction", "Lock timeout", "Lint"];

    /// <summary>The header of a file that has none.</summary>
    public static readonly MigrationHeader Empty = new();

    /// <summary>What the migration does, in words.</summary>
    public string? Title { get; private init; }

    /// <summary>When it was written, as written.</summary>
    public string? Created { get; private init; }

    /// <summary>The SQL that undoes it, line by line; none when it has no such key.</summary>
    public IReadOnlyList<HeaderLine> RollbackLines { get; private init; } = [];

    /// <summary>The SQL that undoes it, or <see langword="null"/>.</summary>
    public string? Rollback => RollbackLines.Count == 0 ? null : string.Join('\n', RollbackLines.Select(line => line.Text));

    /// <summary>The versions or file names of the migrations that it needs.</summary>
    public IReadOnlyList<string> Requires { get; private init; } = [];

    /// <summary>Whether the migration runs in a transaction; <c>-- Transaction: none</c> says no.</summary>
    public bool IsTransactional { get; private init; } = true;

    /// <summary>
    /// How long a statement of the migration waits for a lock that somebody else holds; <see cref="TimeSpan.Zero"/> for as long
    /// as it takes, <see langword="null"/> when the header does not say.
    /// </summary>
    public TimeSpan? LockTimeout { get; private init; }

    /// <summary>The lines whose value has no meaning.</summary>
    public IReadOnlyList<HeaderProblem> Problems { get; private init; } = [];

    /// <summary>The lines that look like headers, but are none.</summary>
    public IReadOnlyList<HeaderSuspect> Suspects { get; private init; } = [];

    /// <summary>Reads the comments at the top of a script, up to the first line that is neither blank nor a comment.</summary>
    /// <param name="text">The script.</param>
    public static MigrationHeader Read(string text)
    {
        using var reader = new StringReader(text);
        return Read(reader, out _);
    }

    /// <summary>Reads the comments at the top of a script, and nothing after the first line that is neither blank nor a comment.</summary>
    /// <param name="text">The script, or as much of its beginning as there is.</param>
    /// <param name="isWhole">Whether that line was there: if not, more text could be more of the header.</param>
    internal static MigrationHeader Read(TextReader text, out bool isWhole)
    {
        var header = Empty;
        var requires = new List<string>();
        var problems = new List<HeaderProblem>();
        var suspects = new List<HeaderSuspect>();
        var rollback = new List<HeaderLine>();
        var inRollback = false;
        isWhole = false;
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            isWhole = !IsHeader(line);
            if (isWhole)
            {
                break;
            }

            var content = ContentOf(line);
            if (KeyOf(content) is { } key)
            {
                content = content[(key.Length + 1)..].TrimStart();
                inRollback = key == "Rollback";
                header = header.With(key, content.ToString(), number, requires, problems);
            }
            else
            {
                inRollback &= !EndsBlock(content);
                if (!inRollback && HeaderSuspect.Of(number, content) is { } suspect)
                {
                    suspects.Add(suspect);
                }
            }

            if (inRollback && !content.IsEmpty)
            {
                var before = line.AsSpan(0, line.AsSpan().TrimEnd().Length - content.Length);
                rollback.Add(new HeaderLine(content.ToString(), number, TextPosition.Start.Advance(before).Column));
            }
        }

        header = requires.Count == 0 ? header : header with { Requires = requires };
        header = suspects.Count == 0 ? header : header with { Suspects = suspects };
        header = problems.Count == 0 ? header : header with { Problems = problems };
        return rollback.Count == 0 ? header : header with { RollbackLines = rollback };
    }

    private MigrationHeader With(string key, string value, int line, List<string> requires, List<HeaderProblem> problems)
    {
        switch (key)
        {
            case "Migration":
                return this with { Title = value };
            case "Created":
                return this with { Created = value };
            case "Requires":
                requires.AddRange(SplitList(value));
                return this;
            case "Transaction" when value.Equals("none", StringComparison.OrdinalIgnoreCase):
                return this with { IsTransactional = false };
            case "Transaction":
                problems.Add(new HeaderProblem(line, key, value, "none"));
                return this;
            case "Lock timeout" when HeaderDuration.TryParse(value, out var limit):
                return this with { LockTimeout = limit };
            case "Lock timeout":
                problems.Add(new HeaderProblem(line, key, value, HeaderDuration.Form));
                return this;
            default:
                return this;
        }
    }

    private static bool IsHeader(string line)
    {
        var content = line.AsSpan().Trim();
        return content.IsEmpty || content.StartsWith(Comment, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> ContentOf(string line)
    {
        var content = line.AsSpan().Trim();
        return content.IsEmpty ? content : content[Comment.Length..].Trim();
    }

    // A block goes on over the comments directly below it. Nothing shorter is safe: the line that a cleverer rule would leave out
    // by mistake may be the WHERE of a DELETE.
    private static bool EndsBlock(ReadOnlySpan<char> content) =>
        content.IsEmpty || (content.Length >= ShortestRuler && RulerCharacters.Contains(content[0], StringComparison.Ordinal) && !content.ContainsAnyExcept(content[0]));

    private static string? KeyOf(ReadOnlySpan<char> content)
    {
        var colon = content.IndexOf(':');
        if (colon <= 0)
        {
            return null;
        }

        foreach (var key in Keys)
        {
            if (content[..colon].Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return key;
            }
        }

        return null;
    }

    private static string[] SplitList(string value) =>
        value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
