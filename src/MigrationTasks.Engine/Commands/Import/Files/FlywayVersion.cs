using System.Globalization;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>A version of Flyway: numbers with dots or underscores between them, of which the ends that are zero do not count.</summary>
/// <param name="Parts">The numbers, as digits without zeros before them.</param>
/// <param name="Text">As it is written, with dots.</param>
internal sealed record FlywayVersion(IReadOnlyList<string> Parts, string Text)
{
    private const int LeastWidth = 3;

    /// <summary>Reads a version.</summary>
    /// <param name="text">The version: <c>1.1</c>, <c>1_1</c>, <c>20260102030405</c>.</param>
    /// <returns>The version, or <see langword="null"/> when it is none.</returns>
    public static FlywayVersion? TryParse(string text)
    {
        var parts = text.Split('.', '_');
        if (Array.Exists(parts, part => part.Length == 0 || part.Any(character => !char.IsAsciiDigit(character))))
        {
            return null;
        }

        var numbers = parts.Select(part => part.TrimStart('0') is { Length: > 0 } digits ? digits : "0").ToList();
        while (numbers.Count > 1 && numbers[^1] == "0")
        {
            numbers.RemoveAt(numbers.Count - 1);
        }

        return new FlywayVersion(numbers, string.Join('.', parts));
    }

    /// <summary>Whether two are the same version.</summary>
    public bool IsSame(FlywayVersion other) => Parts.SequenceEqual(other.Parts);

    /// <summary>
    /// How versions are written as one number, so that their order stays and none depends on those around it: as they are, where none has
    /// a dot; else each number behind a dot with the same number of digits, <c>1.2</c> as <c>1002</c>.
    /// </summary>
    /// <param name="versions">The versions of the folder.</param>
    public static Func<FlywayVersion, string> Numbering(IReadOnlyCollection<FlywayVersion> versions)
    {
        var count = versions.Max(version => version.Parts.Count);
        if (count == 1)
        {
            return version => version.Text.Split('.')[0];
        }

        var widths = Enumerable.Range(0, count).Select(i => versions.Max(version => PartOf(version, i).Length)).ToList();
        return version => string.Concat(Enumerable.Range(0, Math.Max(count, version.Parts.Count)).Select(i =>
            PartOf(version, i).PadLeft(i == 0 ? widths[0] : Math.Max(LeastWidth, i < count ? widths[i] : 0), '0')));
    }

    /// <summary>The version as a number of ours.</summary>
    /// <param name="numbering">How it is written.</param>
    public MigrationVersion NumberBy(Func<FlywayVersion, string> numbering) =>
        MigrationVersion.TryParse(numbering(this), out var version) ? version : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"No version: {Text}"));

    private static string PartOf(FlywayVersion version, int i) => i < version.Parts.Count ? version.Parts[i] : "0";
}
