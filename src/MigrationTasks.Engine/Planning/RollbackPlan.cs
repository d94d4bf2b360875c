using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Planning;

/// <summary>How far to go back.</summary>
/// <param name="Steps">How many migrations to undo, at least one; it does not count when there is a target.</param>
/// <param name="Target">The version that stays applied, while everything newer is undone; 0 undoes all. <see langword="null"/> to go by <paramref name="Steps"/>.</param>
/// <param name="Stored">The fingerprint of the rollbacks that only the history keeps, by which somebody who has read them confirms that they may run; <see langword="null"/> when nobody has.</param>
public sealed record RollbackOptions(int Steps = 1, MigrationVersion? Target = null, string? Stored = null);

/// <summary>
/// What a rollback would do. Making a plan changes nothing, and the same files and the same history always give the same plan.
/// </summary>
/// <param name="Steps">What to undo, in order: the newest version first.</param>
/// <param name="Applied">How many migrations are applied that could be undone.</param>
/// <param name="Errors">What stands in the way: nothing may be undone while there is one.</param>
public sealed record RollbackPlan(IReadOnlyList<RollbackScript> Steps, int Applied, IReadOnlyList<Diagnostic> Errors)
{
    /// <summary>Decides what to undo.</summary>
    /// <param name="folder">The files.</param>
    /// <param name="history">The history.</param>
    /// <param name="options">How far to go back.</param>
    /// <param name="language">What the migrations are written in.</param>
    public static RollbackPlan Create(MigrationFolder folder, MigrationHistory history, RollbackOptions options, ScriptLanguage language)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        var match = HistoryMatch.Of(folder, history.Rows);
        var rows = AppliedOrder.NewestFirst(match.Own);
        var chosen = options.Target is { } target
            ? [.. rows.TakeWhile(row => target.IsZero || row.Version > target)]
            : rows.Take(options.Steps).ToList();
        return OutOfReach(folder.Path, options, rows) is { } problem ? new RollbackPlan([], rows.Count, [problem]) : Create(chosen, rows.Count, folder, match, language);
    }

    /// <summary>
    /// Decides what is left of this plan when another run was faster with a part of it. Never more than this plan: what was
    /// applied in the meantime nobody has asked to undo.
    /// </summary>
    /// <param name="folder">The files.</param>
    /// <param name="history">The history as it is now.</param>
    /// <param name="language">What the migrations are written in.</param>
    public RollbackPlan Renew(MigrationFolder folder, MigrationHistory history, ScriptLanguage language)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(history);
        var names = Steps.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var match = HistoryMatch.Of(folder, history.Rows);
        var rows = AppliedOrder.NewestFirst(match.Own);
        var left = rows.Where(row => names.Contains(row.Row.Name)).ToList();
        return left.Count > 0 && rows.FirstOrDefault(row => !names.Contains(row.Row.Name)) is { } newer && newer.Version > left[^1].Version
            ? new RollbackPlan([], rows.Count, [Diagnostics.Errors.RollbackBlocked(new SourceLocation(folder.Path), left[^1].Row.Name, $"{newer.Row.Name} was applied after this run looked, and has to be undone first. Run again when the other run is done.")])
            : Create(left, rows.Count, folder, match, language);
    }

    private static Diagnostic? OutOfReach(string folder, RollbackOptions options, IReadOnlyList<VersionedRow> rows)
    {
        if (options.Target is { } target)
        {
            return target.IsZero || rows.Any(row => row.Version == target && row.Row.IsApplied)
                ? null
                : Diagnostics.Errors.RollbackOutOfReach(folder, $"MigrateTargetVersion is {target}", "no migration of that version is applied");
        }

        return options.Steps <= rows.Count
            ? null
            : Diagnostics.Errors.RollbackOutOfReach(folder, $"{Wording.Of(options.Steps, "migration")} should be undone", rows.Count switch { 0 => "none is applied", 1 => "one is applied", var count => $"{count} are applied" });
    }

    private static RollbackPlan Create(IReadOnlyList<VersionedRow> chosen, int applied, MigrationFolder folder, HistoryMatch match, ScriptLanguage language)
    {
        var others = match.Others.Select(row => row.Folder!).ToHashSet(StringComparer.Ordinal);
        var steps = new List<RollbackScript>();
        var errors = new List<Diagnostic>();
        foreach (var row in chosen.Select(row => row.Row))
        {
            var migration = match.FileOf(row);
            var location = migration?.Location ?? new SourceLocation(folder.Path);
            if (StandsInTheWay(row, migration, location) is { } problem)
            {
                errors.Add(problem);
            }
            else
            {
                var script = ScriptOf(row, migration, language, folder);
                script = HasDoneNothing(row, migration, script) ? RollbackScript.OfNothing(row, language, location.File!) : script;
                script?.LeaveAlone(others);
                steps.AddRange(script is null ? [] : [script]);
                errors.AddRange(script is null ? [Diagnostics.Errors.RollbackMissing(location, row.Name, language.FileExtension, language.NothingToDo)] : []);
            }
        }

        return new RollbackPlan(steps, applied, errors);
    }

    private static Diagnostic? StandsInTheWay(HistoryRow row, Migration? migration, SourceLocation location) => row.Status switch
    {
        // A rollback was written for the migration as it was; which of the two was changed, nobody can tell from here.
        _ when row.IsApplied && migration is { RollbackAsWritten: not null } && !row.HadNoStatement && !row.IsOf(migration) => Diagnostics.Errors.RollbackOfEdited(location, row.Name),
        HistoryStatus.Failed => Diagnostics.Errors.RollbackBlocked(location, row.Name, "it failed in an earlier run, and its rollback would not fit the part of it that was applied. -t:Migrate says how to repair it."),
        HistoryStatus.Running => Diagnostics.Errors.RollbackBlocked(location, row.Name, "it was interrupted in an earlier run, and its rollback would not fit the part of it that was applied. -t:Migrate says how to repair it."),
        HistoryStatus.Undoing or HistoryStatus.UndoFailed when migration is null => Diagnostics.Errors.RollbackBlocked(location, row.Name, "its rollback stopped in an earlier run, and its file is gone. Restore the file; then -t:Migrate says how to repair it."),
        HistoryStatus.Undoing or HistoryStatus.UndoFailed => Diagnostics.Errors.PartlyUndone(location, row.Name, row.StatementsDone, row.Status == HistoryStatus.UndoFailed),
        _ => null,
    };

    // What the files say wins whenever they say anything: others may be able to write to the history.
    private static RollbackScript? ScriptOf(HistoryRow row, Migration? migration, ScriptLanguage language, MigrationFolder folder) =>
        (migration is null ? null : RollbackScript.Of(row, migration)) ?? RollbackScript.Of(row, language, folder.Path);

    // What was written into the file since, and a rollback of that, has not to do with what was recorded.
    private static bool HasDoneNothing(HistoryRow row, Migration? migration, RollbackScript? rollback)
    {
        var isSame = migration is not null && row.IsOf(migration);
        return (row.HadNoStatement || (isSame && migration!.IsEmpty)) && (rollback is null || rollback.IsEmpty || (row.HadNoStatement && migration is not null && !isSame));
    }
}

/// <summary>A history row with the version that its name starts with.</summary>
internal sealed record VersionedRow(HistoryRow Row, MigrationVersion Version);

/// <summary>In which order migrations are undone: the newest version first, whenever it was applied.</summary>
internal static class AppliedOrder
{
    /// <summary>
    /// The rows that can be undone, or stand in the way of it, newest first. Not among them are the history's own script, and
    /// rows whose name has no version: nothing is newer or older than those.
    /// </summary>
    public static IReadOnlyList<VersionedRow> NewestFirst(IEnumerable<HistoryRow> rows) =>
    [
        .. rows
            .Select(row => HistoryMatch.VersionOf(row.Name) is { } version ? new VersionedRow(row, version) : null)
            .OfType<VersionedRow>()
            .Where(row => !Migration.IsHistoryScript(row.Row.Name))
            .OrderByDescending(row => row.Version)
            .ThenByDescending(row => row.Row.ExecutedAt)
            .ThenByDescending(row => row.Row.Name, StringComparer.Ordinal),
    ];
}
