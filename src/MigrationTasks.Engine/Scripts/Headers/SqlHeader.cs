namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>The header of an SQL script: the comments at its top, one <c>-- Key: value</c> a line.</summary>
internal static class SqlHeader
{
    private const string Comment = "--";
    private const string RulerCharacters = "-=*#_~+/";
    private const int ShortestRuler = 3;
    private static readonly string[] Keys = ["Migration", "Created", "Rollback", "Requires", "Transaction", "Lock timeout", "Lint"];

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
    public static MigrationHeader Read(TextReader text, out bool isWhole)
    {
        var header = MigrationHeader.Empty;
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
                header = With(header, key, content.ToString(), number, requires, problems);
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

    private static MigrationHeader With(MigrationHeader header, string key, string value, int line, List<string> requires, List<HeaderProblem> problems)
    {
        switch (key)
        {
            case "Migration":
                return header with { Title = value };
            case "Created":
                return header with { Created = value };
            case "Requires":
                requires.AddRange(SplitList(value));
                return header;
            case "Transaction" when value.Equals("none", StringComparison.OrdinalIgnoreCase):
                return header with { IsTransactional = false };
            case "Transaction":
                problems.Add(new HeaderProblem(line, key, value, "none"));
                return header;
            case "Lock timeout" when HeaderDuration.TryParse(value, out var limit):
                return header with { LockTimeout = limit };
            case "Lock timeout":
                problems.Add(new HeaderProblem(line, key, value, HeaderDuration.Form));
                return header;
            default:
                return header;
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
