using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>How the entries of another tool's history map to files, and what that adds to the history. Making one changes nothing.</summary>
/// <param name="Lines">The mapping, in the order of the entries.</param>
/// <param name="Changes">The rows to add.</param>
internal sealed record ImportPlan(IReadOnlyList<ImportLine> Lines, IReadOnlyList<HistoryChange> Changes)
{
    /// <summary>Maps entries to files.</summary>
    /// <param name="entries">What the other tool's history says.</param>
    /// <param name="folder">The files.</param>
    /// <param name="history">The history to add to.</param>
    /// <param name="conversion">Which file of the other tool became which, where that is known.</param>
    public static ImportPlan Create(IReadOnlyList<ForeignEntry> entries, MigrationFolder folder, MigrationHistory history, Conversion? conversion = null)
    {
        return new Mapping(folder, history, conversion).Map(entries);
    }

    private sealed class Mapping(MigrationFolder folder, MigrationHistory history, Conversion? conversion)
    {
        private readonly List<Migration> _files = [.. folder.Migrations.Where(migration => !migration.CreatesHistory)];
        private readonly FileMatcher _matcher = new([.. folder.Migrations.Where(migration => !migration.CreatesHistory)], conversion);
        private readonly HistoryMatch _history = HistoryMatch.Of(folder, history.Rows);
        private readonly Dictionary<Migration, ForeignEntry> _entryOf = [];
        private readonly List<ImportLine> _lines = [];
        private readonly List<HistoryChange> _changes = [];

        public ImportPlan Map(IReadOnlyList<ForeignEntry> entries)
        {
            var matcher = _matcher;
            var replaced = new ReplacedEntries(entries, _files, matcher, conversion);
            // What stands for many files at once covers only those that no entry of their own stands for.
            var own = entries.ToDictionary(entry => entry, entry => entry.Kind == ForeignEntryKind.Applied && !replaced.Contains(entry) ? Claim(entry, matcher.Find(entry)) : null, (IEqualityComparer<ForeignEntry>)ReferenceEqualityComparer.Instance);
            foreach (var entry in entries)
            {
                switch (entry.Kind)
                {
                    case ForeignEntryKind.Applied when replaced.Contains(entry):
                        AddReplaced(entry, replaced);
                        break;
                    case ForeignEntryKind.Applied:
                        Add(entry, own[entry]!);
                        break;
                    case ForeignEntryKind.Repeatable when matcher.FindRepeatable(entry) is { } repeatable:
                        Record(entry, repeatable, HistoryStatus.Imported);
                        break;
                    case ForeignEntryKind.AppliedUpTo or ForeignEntryKind.BaselineUpTo or ForeignEntryKind.BaselineBefore:
                        AddRange(entry);
                        break;
                    case ForeignEntryKind.Failed:
                        _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.Failed));
                        break;
                    default:
                        _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.NeedsNoFile));
                        break;
                }
            }

            return new ImportPlan(_lines, _changes);
        }

        private FileMatch Claim(ForeignEntry entry, FileMatch match)
        {
            if (match.Migration is null || _entryOf.TryAdd(match.Migration, entry))
            {
                return match;
            }

            return new FileMatch(null, $"{match.Migration.Name} is that of {_entryOf[match.Migration].Text} already");
        }

        private void Add(ForeignEntry entry, FileMatch match)
        {
            if (match.Migration is { } migration)
            {
                Record(entry, migration, HistoryStatus.Imported);
            }
            else
            {
                _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.Uncertain, match.Problem));
            }
        }

        // All of them together are the baseline.
        private void AddReplaced(ForeignEntry entry, ReplacedEntries replaced)
        {
            if (replaced.Problem is { } problem)
            {
                _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.Uncertain, problem));
            }
            else if (_entryOf.TryAdd(replaced.Baseline!, entry))
            {
                Record(entry, replaced.Baseline!, HistoryStatus.Baseline);
            }
            else
            {
                _lines.Add(new ImportLine(entry.Text, replaced.Baseline!.Name, ImportOutcome.PartOfBaseline));
            }
        }

        private void AddRange(ForeignEntry entry)
        {
            var version = _matcher.VersionOf(entry);
            var isApplied = entry.Kind == ForeignEntryKind.AppliedUpTo;
            if (version is null)
            {
                _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.Uncertain, $"the version {entry.Version} cannot be compared with those of files"));
                return;
            }

            if (isApplied && _files.TrueForAll(file => file.Version != version))
            {
                _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.Uncertain, "no file has its version"));
                return;
            }

            var covered = _files
                .Where(file => (entry.Kind == ForeignEntryKind.BaselineBefore ? file.Version < version : file.Version <= version) && !_entryOf.ContainsKey(file))
                .ToList();
            foreach (var file in covered)
            {
                _entryOf.Add(file, entry);
                Record(entry, file, isApplied ? HistoryStatus.Imported : HistoryStatus.Baseline);
            }

            if (covered.Count == 0)
            {
                _lines.Add(new ImportLine(entry.Text, null, ImportOutcome.NeedsNoFile));
            }
        }

        private void Record(ForeignEntry entry, Migration migration, HistoryStatus status)
        {
            if (_history.RowOf(migration) is not null)
            {
                _lines.Add(new ImportLine(entry.Text, migration.Name, ImportOutcome.AlreadyApplied));
                return;
            }

            // Whether a repeatable file is what was applied last, nobody knows: without a checksum it runs once more.
            var (outcome, row) = migration.IsRepeatable
                ? (ImportOutcome.ImportedToRunAgain, new HistoryRow(migration.Name, ExecutedAt: entry.AppliedAt, Status: status, Folder: migration.Folder))
                : (status == HistoryStatus.Baseline ? ImportOutcome.Baseline : ImportOutcome.Imported, HistoryRow.Of(migration, status, entry.AppliedAt));
            _lines.Add(new ImportLine(entry.Text, migration.Name, outcome));
            _changes.Add(HistoryChange.Add(row));
        }
    }
}
