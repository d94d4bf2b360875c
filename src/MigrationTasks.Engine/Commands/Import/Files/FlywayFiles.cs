using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>
/// Flyway and Evolve: <c>V1.1__add_orders.sql</c>, <c>U1.1__add_orders.sql</c> that undoes it, <c>R__views.sql</c>, and
/// <c>B5__all.sql</c>, which stands for all up to its version on an empty database.
/// </summary>
internal sealed partial class FlywayFiles : ForeignFormat
{
    private const string OwnPlaceholder = "${flyway:";

    private sealed record Named(ForeignFile File, char Kind, FlywayVersion? Version, string Title);

    public override IReadOnlyList<string> Tools { get; } = ["flyway", "evolve"];

    public override IReadOnlyList<string> Folders { get; } = ["src/main/resources/db/migration", "db/migration", "sql", "migrations", "db/migrations", "flyway", "flyway/sql"];

    public override bool IsDeep => true;

    // R__views.sql is ours too.
    public override bool Recognises(ForeignFile file) => Parse(file) is { Version: not null };

    public override void Read(IReadOnlyList<ForeignFile> files, Conversion result)
    {
        var named = files.Select(file => Parse(file) ?? new Named(file, ' ', null, "")).ToList();
        var versions = named.Select(one => one.Version).OfType<FlywayVersion>().ToList();
        var numbering = FlywayVersion.Numbering(versions);
        var most = versions.Max(version => version.Parts.Count);
        result.Versions = text => FlywayVersion.TryParse(text) is { } version && version.Parts.Count <= most ? version.NumberBy(numbering) : null;
        foreach (var one in named.Where(one => one.Kind is ' '))
        {
            LeaveOut(one.File, files, numbering, result);
        }

        var baseline = named.Where(one => one.Kind == 'B').MaxBy(one => one.Version!.NumberBy(numbering));
        foreach (var one in named.Where(one => one.Kind is 'B' or 'V').OrderBy(one => one.Version!.NumberBy(numbering)))
        {
            var isReplaced = baseline is not null && one != baseline && one.Version!.NumberBy(numbering) <= baseline.Version!.NumberBy(numbering);
            if (isReplaced)
            {
                result.LeftOut.Add((one.File.Relative, $"{baseline!.File.Relative} stands for it"));
                if (one.Kind == 'V')
                {
                    result.Baseline = $"{StemOf(baseline, numbering)}.sql";
                    result.Replaced.Add(one.Version!.NumberBy(numbering));
                }
            }
            else if (named.Find(other => other != one && other.Kind == one.Kind && other.Version!.IsSame(one.Version!)) is { } twin && string.CompareOrdinal(twin.File.Relative, one.File.Relative) < 0)
            {
                result.Problems.Add(new ConversionProblem(one.File.Relative, $"it has the version of {twin.File.Relative}"));
            }
            else
            {
                Add(one, named, files, numbering, result);
            }
        }

        foreach (var one in named.Where(one => one.Kind == 'U' && !named.Exists(other => other.Kind == 'V' && other.Version!.IsSame(one.Version!))))
        {
            result.LeftOut.Add((one.File.Relative, "there is nothing that it would undo"));
        }

        foreach (var one in named.Where(one => one.Kind == 'R'))
        {
            var stem = $"R__{Conversion.TitleOf(one.Title)}";
            if (!NeedsPerson(one, stem, result))
            {
                result.Add(one.File, stem, one.File.Text, !IsOutside(one.File, files));
            }
        }
    }

    private static void Add(Named one, List<Named> named, IReadOnlyList<ForeignFile> files, Func<FlywayVersion, string> numbering, Conversion result)
    {
        var stem = StemOf(one, numbering);
        var undo = one.Kind == 'V' ? named.Find(other => other.Kind == 'U' && other.Version!.IsSame(one.Version!)) : null;
        if (NeedsPerson(one, stem, result) || (undo is not null && NeedsPerson(undo, stem, result)))
        {
            return;
        }

        result.Add(one.File, stem, one.File.Text, !IsOutside(one.File, files));
        if (undo is not null)
        {
            result.AddRollback(undo.File, stem, undo.File.Text, !IsOutside(undo.File, files));
        }
    }

    private static string StemOf(Named one, Func<FlywayVersion, string> numbering) => $"{numbering(one.Version!)}_{Conversion.TitleOf(one.Title)}";

    private static bool NeedsPerson(Named one, string stem, Conversion result)
    {
        var isFilledIn = one.File.Text.Contains(OwnPlaceholder, StringComparison.OrdinalIgnoreCase);
        if (isFilledIn)
        {
            result.Problems.Add(new ConversionProblem(one.File.Relative, $"only Flyway fills in {OwnPlaceholder}…}}; write it without", stem));
        }

        return isFilledIn;
    }

    private static void LeaveOut(ForeignFile file, IReadOnlyList<ForeignFile> files, Func<FlywayVersion, string> numbering, Conversion result)
    {
        if (Code().Match(file.Name) is { Success: true } code && FlywayVersion.TryParse(code.Groups["version"].Value) is { } version)
        {
            result.Problems.Add(new ConversionProblem(file.Relative, "it is a program; write what it does in SQL", $"{numbering(version)}_{Conversion.TitleOf(code.Groups["title"].Value)}"));
        }
        else if (!file.Name.EndsWith(".conf", StringComparison.Ordinal) || !files.Any(other => $"{other.Name}.conf" == file.Name))
        {
            result.LeftOut.Add((file.Relative, Callback().IsMatch(file.Name) ? "it is a callback, which Flyway runs each time" : "its name is no migration's"));
        }
    }

    private static bool IsOutside(ForeignFile file, IReadOnlyList<ForeignFile> files) =>
        files.FirstOrDefault(other => other.Relative == $"{file.Relative}.conf") is { } settings && NoTransaction().IsMatch(settings.Text);

    private static Named? Parse(ForeignFile file)
    {
        var separator = file.Name.IndexOf("__", StringComparison.Ordinal);
        if (separator < 1 || !file.Name.EndsWith(".sql", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var title = file.Name[(separator + 2)..^4];
        return !"VUBR".Contains(file.Name[0], StringComparison.Ordinal) ? null
            : (file.Name[0], separator) is ('R', 1) ? new Named(file, 'R', null, title)
            : file.Name[0] != 'R' && FlywayVersion.TryParse(file.Name[1..separator]) is { } version ? new Named(file, file.Name[0], version, title)
            : null;
    }

    [GeneratedRegex(@"^[VUB](?<version>[0-9][0-9._]*)__(?<title>.*)\.(java|kt|groovy|class|py|ps1|sh|bash|bat|cmd)$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(before|after)[A-Z][A-Za-z]*(__.*)?\.sql$")]
    private static partial Regex Callback();

    [GeneratedRegex(@"(?im)^\s*(flyway\.)?executeInTransaction\s*=\s*""?false")]
    private static partial Regex NoTransaction();
}
