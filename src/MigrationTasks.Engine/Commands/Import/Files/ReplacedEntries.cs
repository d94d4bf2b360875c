using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>
/// Entries whose files are not among ours, because a baseline stands for them. It does so only where all of them are applied: a database
/// that is older has to be brought up to it by the tool that has the files.
/// </summary>
internal sealed class ReplacedEntries
{
    private readonly HashSet<ForeignEntry> _entries = new(ReferenceEqualityComparer.Instance);

    /// <param name="entries">All entries.</param>
    /// <param name="files">Our files.</param>
    /// <param name="matcher">Finds what an entry stands for.</param>
    /// <param name="conversion">Which file of theirs became which of ours, or <see langword="null"/>.</param>
    public ReplacedEntries(IReadOnlyList<ForeignEntry> entries, IReadOnlyList<Migration> files, FileMatcher matcher, Conversion? conversion)
    {
        if (conversion is null || conversion.Replaced.Count == 0)
        {
            return;
        }

        var applied = entries.Where(entry => entry.Kind == ForeignEntryKind.Applied).Select(entry => (Entry: entry, Version: matcher.VersionOf(entry))).ToList();
        _entries.UnionWith(applied.Where(one => one.Version is { } version && conversion.Replaced.Contains(version)).Select(one => one.Entry));
        Baseline = files.FirstOrDefault(file => file.Name == conversion.Baseline);
        var newest = Baseline?.Version;
        var isComplete = applied.Exists(one => one.Version > newest)
            || entries.Any(entry => entry.Kind == ForeignEntryKind.BaselineUpTo && matcher.VersionOf(entry) >= newest)
            || conversion.Replaced.All(version => applied.Exists(one => one.Version == version));
        Problem = Baseline is null ? $"{conversion.Baseline}, which stands for it, is not there"
            : isComplete ? null
            : $"{conversion.Baseline} stands for it and for others that are not applied: let {conversion.Format.Title} apply these first";
    }

    /// <summary>The migration that stands for them.</summary>
    public Migration? Baseline { get; }

    /// <summary>Why it does not, when it does not.</summary>
    public string? Problem { get; }

    /// <summary>Whether an entry is one of them.</summary>
    public bool Contains(ForeignEntry entry) => _entries.Contains(entry);
}
