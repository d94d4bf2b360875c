using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>What can be repaired in a history, what of it was asked for, and how the rows change by that. Making one changes nothing.</summary>
/// <param name="Asked">What will be repaired.</param>
/// <param name="Possible">What could be repaired besides.</param>
/// <param name="Changes">The changes of the history: one a row.</param>
internal sealed record RepairPlan(IReadOnlyList<RowRepair> Asked, IReadOnlyList<RowRepair> Possible, IReadOnlyList<HistoryChange> Changes)
{
    /// <summary>Compares files and history.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="history">The history.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="MigrationException">MIG1026 when there is no migration of a name; MIG3023 when nothing would be left of the history.</exception>
    public static RepairPlan Create(MigrationFolder folder, MigrationHistory history, RepairOptions options)
    {
        var entries = MigrationPlan.Create(folder, history, new PlanOptions(OutOfOrderPolicy.Allow)).Entries;
        var match = HistoryMatch.Of(folder, history.Rows);
        // What another folder applied is missing there alone; its row goes when it is called by its whole name.
        var others = match.Others.Where(row => options.Only.Any(only => IsNamed(row.Name, only))).Select(row => new RowRepair(Repairs.Missing, row, null)).ToList();
        if (options.Only.FirstOrDefault(only => !entries.Any(entry => IsMeant(entry.Name, only)) && !others.Exists(other => IsNamed(other.Row.Name, only))) is { } unknown)
        {
            throw Errors.NothingToRepair(unknown, folder.Path, entries.Select(entry => entry.Name));
        }

        var repairs = RepairsOf(entries).Concat(others).ToList();
        var asked = repairs.Where(repair => options.Asked.HasFlag(repair.Kind) && IsChosen(repair, options.Only) && (options.Only.Count > 0 || repair.Kind != Repairs.Missing || match.Owns(repair.Row))).ToList();
        asked.RemoveAll(repair => repair.Kind == Repairs.Checksums && asked.Exists(other => other.Row == repair.Row && other.Kind == Repairs.Empty));
        if (history.Rows.Count > 0 && options.Only.Count == 0 && asked.Count(repair => repair.Kind == Repairs.Missing) == history.Rows.Count)
        {
            throw Errors.RepairOfEverything(history.Table.ToString(), folder.Path);
        }

        // One of two repairs rules the other out, where one removes the row that the other keeps.
        var possible = repairs.Except(asked).Where(repair => !IsHandled(repair, asked)).ToList();
        return new RepairPlan(asked, possible, [.. asked.GroupBy(repair => repair.Row).Select(ChangeOf)]);
    }

    private static IEnumerable<RowRepair> RepairsOf(IReadOnlyList<PlanEntry> entries)
    {
        var renamed = entries.Where(entry => entry.State == MigrationState.Renamed).Select(entry => entry.Row!).ToHashSet();
        foreach (var entry in entries)
        {
            if (entry is { State: MigrationState.Renamed, Row: { } row })
            {
                yield return new RowRepair(Repairs.Renamed, row, entry.Migration);
                foreach (var kind in !row.IsApplied ? [Repairs.Failed, Repairs.Completed] : !row.IsOf(entry.Migration!) ? AfterEdit(row) : [])
                {
                    yield return new RowRepair(kind, row, entry.Migration);
                }
            }
            else if (entry.Row is not null && !renamed.Contains(entry.Row))
            {
                foreach (var kind in KindsOf(entry))
                {
                    yield return new RowRepair(kind, entry.Row, entry.Migration);
                }
            }
        }
    }

    private static Repairs[] KindsOf(PlanEntry entry) => entry switch
    {
        { State: MigrationState.Edited } => AfterEdit(entry.Row!),
        { HasEditedComments: true } => [Repairs.Checksums],
        { State: MigrationState.Failed or MigrationState.Running or MigrationState.PartlyUndone } => [Repairs.Failed, Repairs.Completed],
        { State: MigrationState.Missing } => [Repairs.Missing],
        _ => [],
    };

    private static Repairs[] AfterEdit(HistoryRow row) => row.HadNoStatement ? [Repairs.Empty, Repairs.Checksums] : [Repairs.Checksums];

    private static bool IsChosen(RowRepair repair, IReadOnlyList<string> only) =>
        only.Count == 0 || only.Any(name => IsMeant(repair.Row.Name, name) || (repair.Migration is { } migration && IsMeant(migration.Name, name)));

    private static bool IsMeant(string name, string meant) => MigrationVersion.TryParse(meant, out var version)
        ? HistoryMatch.VersionOf(name) == version
        : IsNamed(name, meant);

    private static bool IsNamed(string name, string meant)
    {
        (name, meant) = (ComposedName.Of(name), ComposedName.Of(meant));
        return name.Equals(meant, StringComparison.OrdinalIgnoreCase) || Path.GetFileNameWithoutExtension(name).Equals(meant, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHandled(RowRepair repair, List<RowRepair> asked) => asked.Any(other => other.Row == repair.Row && (repair.Kind, other.Kind) is
        (Repairs.Failed, Repairs.Completed) or (Repairs.Completed, Repairs.Failed) or (Repairs.Empty, Repairs.Checksums) or (Repairs.Checksums, Repairs.Empty));

    private static HistoryChange ChangeOf(IGrouping<HistoryRow, RowRepair> repairs)
    {
        var after = repairs.Aggregate((HistoryRow?)repairs.Key, (row, repair) => row is null ? null : repair.Apply(row));
        return after is null ? HistoryChange.Remove(repairs.Key) : HistoryChange.Replace(repairs.Key, after);
    }
}

/// <summary>One thing that can be repaired in one row of the history.</summary>
/// <param name="Kind">What: one of the <see cref="Repairs"/>.</param>
/// <param name="Row">The row as it is.</param>
/// <param name="Migration">The file that it is about; <see langword="null"/> when it has none.</param>
public sealed record RowRepair(Repairs Kind, HistoryRow Row, Migration? Migration)
{
    /// <summary>The row when this is repaired, or <see langword="null"/> when it goes.</summary>
    /// <param name="row">The row as it is, or as another repair of it left it.</param>
    internal HistoryRow? Apply(HistoryRow row) => Kind switch
    {
        Repairs.Checksums => row.WithFile(Migration!),
        Repairs.Renamed => row with { Name = Migration!.Name, Folder = Migration.Folder ?? row.Folder },
        Repairs.Completed => row.WithFile(Migration!) with { Status = HistoryStatus.Applied },
        _ => null,
    };
}
