namespace MigrationTasks.Engine.Migrations;

/// <summary>What the comments at the top of a migration say about it, one <c>-- Key: value</c> a line.</summary>
public sealed record MigrationHeader
{
    private const string Comment = "--";
    private static readonly string[] Keys = ["Migration", "Created", "Rollback", "Requires", "Transaction"];

    /// <summary>The header of a file that has none.</summary>
    public static readonly MigrationHeader Empty = new();

    /// <summary>What the migration does, in words.</summary>
    public string? Title { get; private init; }

    /// <summary>When it was written, as written.</summary>
    public string? Created { get; private init; }

    /// <summary>The SQL that undoes it.</summary>
    public string? Rollback { get; private init; }

    /// <summary>The versions or file names of the migrations that it needs.</summary>
    public IReadOnlyList<string> Requires { get; private init; } = [];

    /// <summary>The value of the <c>Transaction</c> line, as written.</summary>
    public string? TransactionMode { get; private init; }

    /// <summary>The line of the <c>Transaction</c> header, counted from 1; 0 when there is none.</summary>
    public int TransactionLine { get; private init; }

    /// <summary>Whether the migration runs in a transaction; <c>-- Transaction: none</c> says no.</summary>
    public bool IsTransactional => !"none".Equals(TransactionMode, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the <c>Transaction</c> line says something that has a meaning.</summary>
    public bool IsTransactionModeKnown => TransactionMode is null || !IsTransactional;

    /// <summary>Reads the comments at the top of a script, up to the first line that is neither blank nor a comment.</summary>
    /// <param name="text">The script, or as much of its beginning as holds the header.</param>
    public static MigrationHeader Read(string text)
    {
        var header = Empty;
        var rollback = new List<string>();
        var inRollback = false;
        var lineNumber = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var content = line.Trim();
            if (!content.IsEmpty && !content.StartsWith(Comment, StringComparison.Ordinal))
            {
                break;
            }

            content = content.IsEmpty ? content : content[Comment.Length..].Trim();
            if (KeyOf(content) is { } key)
            {
                var value = content[(key.Length + 1)..].Trim().ToString();
                inRollback = key == "Rollback";
                header = key switch
                {
                    "Migration" => header with { Title = value },
                    "Created" => header with { Created = value },
                    "Requires" => header with { Requires = [.. header.Requires, .. SplitList(value)] },
                    "Transaction" => header with { TransactionMode = value, TransactionLine = lineNumber },
                    _ => header,
                };
                content = value;
            }

            // The rollback goes on over the next comment lines, until an empty one.
            inRollback &= !content.IsEmpty || rollback.Count == 0;
            if (inRollback && !content.IsEmpty)
            {
                rollback.Add(content.ToString());
            }
        }

        return rollback.Count == 0 ? header : header with { Rollback = string.Join('\n', rollback) };
    }

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
