using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>golang-migrate, and others that have two files a migration: <c>000001_create_users.up.sql</c> and <c>000001_create_users.down.sql</c>.</summary>
internal sealed partial class PairedFiles : ForeignFormat
{
    public override IReadOnlyList<string> Tools { get; } = ["golang-migrate"];

    public override IReadOnlyList<string> Folders { get; } = ["db/migrations", "migrations", "database/migrations", "db/migration"];

    // Ours may have a .down.sql too.
    public override bool Recognises(ForeignFile file) => Name().Match(file.Name) is { Success: true } match && IsUp(match);

    public override void Read(IReadOnlyList<ForeignFile> files, Conversion result)
    {
        var named = files.Select(file => (File: file, Match: Name().Match(file.Name))).ToList();
        foreach (var (file, _) in named.Where(one => !one.Match.Success))
        {
            result.LeftOut.Add((file.Relative, "its name is no migration's"));
        }

        foreach (var pair in named.Where(one => one.Match.Success).GroupBy(one => one.Match.Groups["version"].Value.TrimStart('0'), StringComparer.Ordinal))
        {
            if (pair.FirstOrDefault(one => IsUp(one.Match)) is not { File: { } up, Match: { } match })
            {
                result.LeftOut.AddRange(pair.Select(one => (one.File.Relative, "there is nothing that it would undo")));
                continue;
            }

            var stem = $"{match.Groups["version"].Value}_{Conversion.TitleOf(match.Groups["title"].Value)}";
            result.Add(up, stem, up.Text);
            foreach (var (file, other) in pair.Where(one => one.File != up))
            {
                if (IsUp(other))
                {
                    result.Problems.Add(new ConversionProblem(file.Relative, $"it has the version of {up.Relative}"));
                }
                else
                {
                    result.AddRollback(file, stem, file.Text);
                }
            }
        }
    }

    private static bool IsUp(Match match) => match.Groups["direction"].Value == "up";

    [GeneratedRegex(@"^(?<version>[0-9]+)_(?<title>.*)\.(?<direction>up|down)\.(sql|json)$")]
    private static partial Regex Name();
}
