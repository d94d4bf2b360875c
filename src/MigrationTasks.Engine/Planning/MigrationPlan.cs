using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>
/// What a run would do: files and history compared. Making a plan changes nothing, and reads no file but those that are
/// pending, were changed after they were applied, or were applied in part, so the same files and the same history always give the same plan.
/// </summary>
/// <param name="Entries">Every migration that has a file or a history row: those with a version, oldest first, and then the repeatable ones by name.</param>
/// <param name="Steps">What to apply, in order.</param>
/// <param name="HistoryScript">The migration that creates the history table, when it has to be created; it is no step.</param>
/// <param name="Warnings">What is odd without standing in the way.</param>
/// <param name="Errors">What stands in the way: nothing may run while there is one.</param>
public sealed record MigrationPlan(
    IReadOnlyList<PlanEntry> Entries,
    IReadOnlyList<MigrationStep> Steps,
    Migration? HistoryScript,
    IReadOnlyList<Diagnostic> Warnings,
    IReadOnlyList<Diagnostic> Errors)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Steps.Count == 0 && HistoryScript is null;

    /// <summary>Whether a migration is marked as running or being undone outside a transaction: by a live runner, or by one that died.</summary>
    public bool HasRunning => Entries.Any(entry => entry.Row is { IsInWork: true });

    /// <summary>How many migrations are in a state.</summary>
    /// <param name="state">The state.</param>
    public int Count(MigrationState state) => Entries.Count(entry => entry.State == state);

    /// <summary>Compares files and history.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="history">The history.</param>
    /// <param name="options">What the plan is for.</param>
    public static MigrationPlan Create(MigrationFolder folder, MigrationHistory history, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);

        var match = HistoryMatch.Of(folder, history.Rows);
        var newest = match.Newest;

        var entries = folder.Migrations
            .Select(migration => EntryOf(migration, match, newest, history, options))
            .ToList();
        var warnings = new List<Diagnostic>([.. folder.Warnings, .. history.Warnings]);
        var errors = new List<Diagnostic>();
        entries = entries.ConvertAll(entry => WithoutStatement(WithResume(entry, options, errors)));
        if (entries.Exists(entry => entry.State == MigrationState.AboveTarget))
        {
            entries = [.. entries.Select(HoldBackRepeatable)];
        }

        if (options.Target is { } target && CheckTarget(folder, target) is { } problem)
        {
            errors.Add(problem);
        }

        CheckOthers(folder, history, match, warnings, errors);
        CheckEmpty(entries, newest, options, warnings, errors);
        foreach (var entry in entries)
        {
            Judge(entry, match, newest, options, warnings, errors);
        }

        var missing = match.Missing;
        if (missing.Count > 0)
        {
            warnings.AddRange(WarningsOfMissing(missing, folder.Path));
            entries.AddRange(missing.Select(row => new PlanEntry(row.Name, MigrationState.Missing, null, row)));
            entries = [.. InOrder(entries)];
        }

        var pending = entries.Where(entry => entry.IsPending).ToList();
        return new MigrationPlan(
            entries,
            [.. pending.Where(entry => !entry.Migration!.CreatesHistory).Select(entry => new MigrationStep(entry.Migration!, entry.Resume is null ? entry.Row : null, entry.Resume))],
            pending.Find(entry => entry.Migration!.CreatesHistory)?.Migration,
            warnings,
            errors);
    }

    /// <summary>Splits and checks all that would run: a typing error in the last file must not leave the first ones applied.</summary>
    /// <param name="guard">Keeps the history from what would run.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="MigrationException">What is wrong, of all files.</exception>
    internal void CheckScripts(OwnTableGuard guard, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        var pending = Steps.Select(step => step.Migration);
        foreach (var migration in HistoryScript is { } script ? pending.Prepend(script) : pending)
        {
            try
            {
                migration.Check(statements => guard.Watch(migration, statements, problems), cancellation);
            }
            catch (MigrationException exception)
            {
                problems.AddRange(exception.Diagnostics);
            }
        }

        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }

    /// <summary>Whether a folder has a migration of the version up to which all are meant.</summary>
    /// <returns>MIG3022 when it has not.</returns>
    internal static Diagnostic? CheckTarget(MigrationFolder folder, MigrationVersion target)
    {
        var migrations = folder.Migrations.Where(migration => migration is { CreatesHistory: false, IsRepeatable: false }).ToList();
        return migrations.Exists(migration => migration.Version == target)
            ? null
            : Diagnostics.Errors.NoSuchVersion(folder.Path, target.ToString(), migrations.Select(migration => $"{migration.Version}"), migrations.LastOrDefault()?.Name);
    }

    // Two folders in one history know nothing of each other's files. Where it has gone well so far, it may go on; where it is about to
    // begin, this is the time to say so.
    private static void CheckOthers(MigrationFolder folder, MigrationHistory history, HistoryMatch match, List<Diagnostic> warnings, List<Diagnostic> errors)
    {
        if (match.Others.Count == 0)
        {
            return;
        }

        var names = match.Others.Select(row => row.Folder!).Distinct(StringComparer.Ordinal).ToList();
        (match.HasOwn ? warnings : errors).Add(Diagnostics.Errors.SharedHistory(folder.Path, history.Table.ToString(), folder.Identity!, names, match.Others[0].Name, match.HasOwn));
        var taken = match.Others.ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);
        errors.AddRange(folder.Migrations
            .Where(migration => !migration.CreatesHistory && taken.ContainsKey(migration.Name))
            .Select(migration => Diagnostics.Errors.NameOfOtherFolder(migration.Path, folder.Identity!, taken[migration.Name].Folder!)));
    }

    // What somebody is still to write is neither applied nor recorded as if it were: it would never run. The history's own script
    // must do its work, and says so itself.
    private static PlanEntry WithoutStatement(PlanEntry entry) =>
        entry is { IsPending: true, Resume: null, Migration: { CreatesHistory: false, IsEmpty: true } } ? entry with { State = MigrationState.Empty } : entry;

    // Those after it do not wait for it, but for one that says that it needs it.
    private static void CheckEmpty(List<PlanEntry> entries, NewestApplied? newest, PlanOptions options, List<Diagnostic> warnings, List<Diagnostic> errors)
    {
        foreach (var empty in entries.Where(entry => entry.State == MigrationState.Empty).Select(entry => entry.Migration!))
        {
            var later = entries.Find(entry => entry.IsPending && entry.Migration!.Version > empty.Version)?.Name ?? (newest?.Version > empty.Version ? newest.Name : null);
            warnings.Add(Diagnostics.Errors.NoStatement(empty.Location, empty.Language.NothingToDo, empty.IsRepeatable, later, options.OutOfOrder == OutOfOrderPolicy.Error));
            errors.AddRange(entries
                .Where(entry => entry.IsPending && entry.Migration!.Header.Requires.Any(required => Requirement.Names(required, empty)))
                .Select(entry => Diagnostics.Errors.RequiredEmpty(entry.Migration!.Location, empty.Name)));
        }
    }

    // They may need what comes after the target: they run when nothing is above it any more.
    private static PlanEntry HoldBackRepeatable(PlanEntry entry) =>
        entry is { IsPending: true, Migration.IsRepeatable: true } ? entry with { State = MigrationState.AboveTarget, Resume = null } : entry;

    private static IEnumerable<PlanEntry> InOrder(IEnumerable<PlanEntry> entries) => entries
        .OrderBy(entry => MigrationFileName.SaysRepeatable(entry.Name))
        .ThenBy(entry => HistoryMatch.VersionOf(entry.Name) ?? default)
        .ThenBy(entry => MigrationFileName.SaysRepeatable(entry.Name) ? entry.Name : "", StringComparer.Ordinal);

    private static IEnumerable<Diagnostic> WarningsOfMissing(IReadOnlyList<HistoryRow> missing, string folder)
    {
        var applied = missing.Where(row => row.IsApplied).Select(row => row.Name).ToList();
        return missing
            .Where(row => !row.IsApplied)
            .Select(row => Diagnostics.Errors.MissingUnfinished(row.Name, row.Unfinished!, folder))
            .Concat(applied.Count > 0 ? [Diagnostics.Errors.MissingFiles(applied, folder)] : []);
    }

    private static PlanEntry EntryOf(Migration migration, HistoryMatch match, NewestApplied? newest, MigrationHistory history, PlanOptions options)
    {
        var state = StateOf(migration, match, newest, history, options);
        return new PlanEntry(migration.Name, state, migration, state == MigrationState.Renamed ? match.RenamedRowOf(migration) : match.RowOf(migration));
    }

    private static MigrationState StateOf(Migration migration, HistoryMatch match, NewestApplied? newest, MigrationHistory history, PlanOptions options)
    {
        if (match.RowOf(migration) is { } row)
        {
            return row.Status switch
            {
                HistoryStatus.Running => MigrationState.Running,
                HistoryStatus.Failed => MigrationState.Failed,
                HistoryStatus.Undoing or HistoryStatus.UndoFailed => MigrationState.PartlyUndone,
                _ when HasRunAsItIs(migration, row) => MigrationState.Applied,
                _ => migration.IsRepeatable ? MigrationState.Changed : MigrationState.Edited,
            };
        }

        if (migration.CreatesHistory)
        {
            return history.State == HistoryTableState.Absent ? MigrationState.Pending : MigrationState.NotNeeded;
        }

        if (match.RenamedRowOf(migration) is not null)
        {
            return MigrationState.Renamed;
        }

        if (options.Target is { } target && migration.Version > target)
        {
            return MigrationState.AboveTarget;
        }

        return newest is not null && migration.Version < newest.Version ? MigrationState.OutOfOrder : MigrationState.Pending;
    }

    // Where no checksum was recorded, a repeatable migration runs once more, so that there is one.
    private static bool HasRunAsItIs(Migration migration, HistoryRow row) => row.IsOf(migration) && (row.Checksum is not null || !migration.IsRepeatable);

    private static void Judge(PlanEntry entry, HistoryMatch match, NewestApplied? newest, PlanOptions options, List<Diagnostic> warnings, List<Diagnostic> errors)
    {
        var path = entry.Migration!.Path;
        switch (entry.State)
        {
            case MigrationState.Edited:
                errors.Add(Diagnostics.Errors.Edited(path, entry.Row!.ExecutedAt, entry.Row.HadNoStatement));
                break;
            case MigrationState.Renamed:
                errors.Add(Diagnostics.Errors.Renamed(path, entry.Row!.Name, entry.Row.Unfinished));
                break;
            case MigrationState.PartlyUndone:
                errors.Add(Diagnostics.Errors.PartlyUndone(entry.Migration.Location, entry.Name, entry.Row!.StatementsDone, entry.Row.Status == HistoryStatus.UndoFailed));
                break;
            case MigrationState.OutOfOrder when options.OutOfOrder == OutOfOrderPolicy.Error:
                errors.Add(Diagnostics.Errors.OutOfOrder(path, newest!.Name, DiagnosticSeverity.Error, newest.IsBegun));
                break;
            case MigrationState.OutOfOrder when options.OutOfOrder == OutOfOrderPolicy.Warn:
                warnings.Add(Diagnostics.Errors.OutOfOrder(path, newest!.Name, DiagnosticSeverity.Warning, newest.IsBegun));
                break;
        }
    }

    private static PlanEntry WithResume(PlanEntry entry, PlanOptions options, List<Diagnostic> errors)
    {
        if (entry.State is not (MigrationState.Failed or MigrationState.Running) || entry.Migration!.Version > options.Target)
        {
            return entry;
        }

        try
        {
            if (ResumePoint.Find(entry.Migration!, entry.Row!, out var obstacle) is { } resume)
            {
                return entry with { Resume = resume };
            }

            if (entry.Migration!.IsRepeatable)
            {
                // It runs anew whenever it was changed, whatever an earlier one of it has done.
                return entry with { State = MigrationState.Changed };
            }

            var (path, done) = (entry.Migration.Path, entry.Row!.StatementsDone);
            errors.Add(entry.State == MigrationState.Failed
                ? Diagnostics.Errors.FailedEarlier(path, done, obstacle)
                : Diagnostics.Errors.Interrupted(path, done, obstacle));
            return entry;
        }
        catch (MigrationException exception)
        {
            // It cannot be split.
            errors.AddRange(exception.Diagnostics);
            return entry;
        }
    }
}
