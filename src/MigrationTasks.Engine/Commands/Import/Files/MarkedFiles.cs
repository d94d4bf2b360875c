using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>What a comment means by which a tool marks the parts of a file.</summary>
internal enum Mark
{
    /// <summary>What follows is the migration.</summary>
    Up,

    /// <summary>What follows undoes it.</summary>
    Down,

    /// <summary>The file does not run in a transaction.</summary>
    NoTransaction,

    /// <summary>What follows is one statement, whatever semicolons it holds.</summary>
    StatementBegin,

    /// <summary>That statement ends.</summary>
    StatementEnd,

    /// <summary>What follows is filled in from the environment.</summary>
    EnvironmentOn,

    /// <summary>What follows is not.</summary>
    EnvironmentOff,
}

/// <summary>Tools that have a migration and what undoes it in one file, with comments between them.</summary>
/// <param name="tool">The tool's name.</param>
/// <param name="title">The tool as people call it.</param>
/// <param name="folders">Where it keeps its files.</param>
/// <param name="marks">Its comments: a pattern of a whole line, and what it means; <c>none</c> in it says that the part runs outside a transaction.</param>
internal sealed partial class MarkedFiles(string tool, string title, IReadOnlyList<string> folders, params (string Pattern, Mark Mark)[] marks) : ForeignFormat
{
    private readonly (Regex Pattern, Mark Mark)[] _marks = [.. marks.Select(mark => (new Regex(mark.Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), mark.Mark))];

    /// <summary>These tools.</summary>
    public static new IReadOnlyList<ForeignFormat> All { get; } =
    [
        new MarkedFiles(
            "goose", "goose", ["migrations", "db/migrations", "sql/schema", "sql/migrations", "db/migration"],
            (@"(?i)^\s*--\s*\+goose\s+up\s*$", Mark.Up),
            (@"(?i)^\s*--\s*\+goose\s+down\s*$", Mark.Down),
            (@"(?i)^\s*--\s*\+goose\s+no transaction\s*$", Mark.NoTransaction),
            (@"(?i)^\s*--\s*\+goose\s+statementbegin\s*$", Mark.StatementBegin),
            (@"(?i)^\s*--\s*\+goose\s+statementend\s*$", Mark.StatementEnd),
            (@"(?i)^\s*--\s*\+goose\s+envsub on\s*$", Mark.EnvironmentOn),
            (@"(?i)^\s*--\s*\+goose\s+envsub off\s*$", Mark.EnvironmentOff)),
        new MarkedFiles(
            "dbmate", "dbmate", ["db/migrations"],
            (@"^--\s*migrate:up(\s.*)?(?<none>\stransaction:false)(\s.*)?$", Mark.Up),
            (@"^--\s*migrate:up(\s.*)?$", Mark.Up),
            (@"^--\s*migrate:down(\s.*)?(?<none>\stransaction:false)(\s.*)?$", Mark.Down),
            (@"^--\s*migrate:down(\s.*)?$", Mark.Down)),
        new MarkedFiles(
            "sql-migrate", "sql-migrate", ["migrations", "db/migrations"],
            (@"(?i)^--\s*\+migrate\s+up(?<none>\s+notransaction)?\s*$", Mark.Up),
            (@"(?i)^--\s*\+migrate\s+down(?<none>\s+notransaction)?\s*$", Mark.Down),
            (@"(?i)^--\s*\+migrate\s+statementbegin\s*$", Mark.StatementBegin),
            (@"(?i)^--\s*\+migrate\s+statementend\s*$", Mark.StatementEnd)),
        new MarkedFiles(
            "node-pg-migrate", "node-pg-migrate", ["migrations"],
            (@"(?i)^\s*--[\s-]*up\s+migration.*$", Mark.Up),
            (@"(?i)^\s*--[\s-]*down\s+migration.*$", Mark.Down)),
    ];

    public override IReadOnlyList<string> Tools { get; } = [tool];

    public override string Title { get; } = title;

    public override IReadOnlyList<string> Folders { get; } = folders;

    public override bool Recognises(ForeignFile file) => Name().IsMatch(file.Name) && Lines(file.Text).Any(line => MarkOf(line) is { Mark: Mark.Up });

    public override void Read(IReadOnlyList<ForeignFile> files, Conversion result)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (Name().Match(file.Name) is not { Success: true } match)
            {
                result.LeftOut.Add((file.Relative, "its name is no migration's"));
                continue;
            }

            var version = match.Groups["version"].Value;
            var stem = $"{version}_{Conversion.TitleOf(match.Groups["title"].Value)}";
            if (match.Groups["code"].Success)
            {
                result.Problems.Add(new ConversionProblem(file.Relative, "it is a program; write what it does in SQL", stem));
            }
            else if (!versions.TryAdd(version.TrimStart('0'), file.Relative))
            {
                result.Problems.Add(new ConversionProblem(file.Relative, $"it has the version of {versions[version.TrimStart('0')]}"));
            }
            else
            {
                Read(file, stem, result);
            }
        }
    }

    private void Read(ForeignFile file, string stem, Conversion result)
    {
        var parts = new MarkedParts();
        foreach (var line in Lines(file.Text))
        {
            var (mark, isOutside) = MarkOf(line);
            parts.Add(line, mark, isOutside);
        }

        if (parts.Problem is { } problem)
        {
            result.Problems.Add(new ConversionProblem(file.Relative, problem, stem));
            return;
        }

        result.Add(file, stem, parts.Up, !parts.IsUpOutside);
        result.AddRollback(file, stem, parts.Down, !parts.IsDownOutside);
    }

    private (Mark? Mark, bool IsOutside) MarkOf(string line)
    {
        if (!line.Contains("--", StringComparison.Ordinal))
        {
            return (null, false);
        }

        foreach (var (pattern, mark) in _marks)
        {
            if (pattern.Match(line.TrimEnd('\r', '\n')) is { Success: true } match)
            {
                return (mark, match.Groups["none"].Success);
            }
        }

        return (null, false);
    }

    // Each with the end that it has.
    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            yield return text[start..end];
            start = end;
        }
    }

    [GeneratedRegex(@"^(?<version>[0-9]+)[_\-. ]*(?<title>.*?)(\.sql|(?<code>(?<!_test)\.go))$")]
    private static partial Regex Name();
}
