using System.Runtime.InteropServices;

namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>In what form a header is written.</summary>
internal enum HeaderKind
{
    /// <summary>One text.</summary>
    Text,

    /// <summary>Texts: in SQL on one line or several, separated by commas or blanks; in JSON a string, or an array of strings.</summary>
    List,

    /// <summary>Statements: in SQL all comment lines up to an empty one; in JSON a command, or an array of commands.</summary>
    Statements,

    /// <summary>In SQL a comment anywhere in the file, which others read; in JSON as a list.</summary>
    Remark,
}

/// <summary>A header: how it is written, and what comes of it. What there is stands in <see cref="MigrationHeader.Rows"/>.</summary>
/// <param name="Key">What stands before the colon in SQL.</param>
/// <param name="Field">The field in JSON; <see langword="null"/> where there is none.</param>
/// <param name="Kind">In what form it is written.</param>
/// <param name="With">Adds what it says; gives <see langword="null"/> where a text means nothing.</param>
internal sealed record HeaderRow(string Key, string? Field, HeaderKind Kind, Func<MigrationHeader, IReadOnlyList<HeaderLine>, MigrationHeader?> With)
{
    /// <summary>What may stand there, for messages, where not every text may.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What others call it, or write by mistake. A word that prose uses too counts only before a value that makes sense of it.</summary>
    public IReadOnlyList<(string[] Names, Func<string, bool> Makes)> Others { get; init; } = [];

    /// <summary>The row of a key of SQL, as written before a colon.</summary>
    public static HeaderRow? OfKey(ReadOnlySpan<char> key)
    {
        foreach (var row in MigrationHeader.Rows)
        {
            if (key.Equals(row.Key, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return null;
    }
}

/// <summary>Gathers what the header of a file says. It takes no longer than the file has lines, since one may be all header.</summary>
internal sealed class HeaderBuilder
{
    private readonly Dictionary<HeaderRow, List<HeaderLine>> _gathered = new(ReferenceEqualityComparer.Instance);
    private readonly List<HeaderProblem> _problems = [];
    private MigrationHeader _header = MigrationHeader.Empty;

    /// <summary>Adds what stands at one place. Of texts the last one counts; of all else there is more each time.</summary>
    /// <param name="row">The header.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="lines">What stands there.</param>
    public void Add(HeaderRow row, string name, IEnumerable<HeaderLine> lines)
    {
        if (row.Kind == HeaderKind.Text)
        {
            var line = lines.Single();
            var header = row.With(_header, [line]);
            _problems.AddRange(header is null ? [new HeaderProblem(line.Line, name, line.Text, row.Expected, line.Column)] : []);
            _header = header ?? _header;
        }
        else
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_gathered, row, out _) ??= []).AddRange(lines);
        }
    }

    /// <summary>All that it says.</summary>
    /// <param name="suspects">What looks like a header of it, but is none.</param>
    public MigrationHeader Build(IReadOnlyList<HeaderSuspect> suspects)
    {
        var header = _gathered.Where(gathered => gathered.Value.Count > 0).Aggregate(_header, (header, gathered) => gathered.Key.With(header, gathered.Value)!);
        header = suspects.Count == 0 ? header : header with { Suspects = suspects };
        return _problems.Count == 0 ? header : header with { Problems = _problems };
    }
}
