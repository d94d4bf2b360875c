using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters;

/// <summary>What is being done to the database, for whoever has to find out afterwards how much of it was.</summary>
/// <param name="ScriptOf">The script that an item of it runs.</param>
/// <param name="IsDone">Whether an item is done, as the row of its migration tells; there may be none.</param>
/// <param name="Outcome">What to call the items that are done.</param>
/// <param name="Next">What to do next when the connection is lost.</param>
internal sealed record Work<TItem>(Func<TItem, MigrationScript> ScriptOf, Func<TItem, HistoryRow?, bool> IsDone, string Outcome, string Next)
{
    /// <summary>Compares a run that broke off with the history as it is now.</summary>
    /// <param name="items">What the run was to do.</param>
    /// <param name="history">The history.</param>
    /// <param name="settle">Is told of each script whether it is done.</param>
    /// <returns>How much is done: a sentence.</returns>
    public string Settle(IReadOnlyList<TItem> items, MigrationHistory history, Action<MigrationScript, bool> settle)
    {
        var rows = history.Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name);
        var done = items.Where(item => IsDone(item, rows.GetValueOrDefault(ScriptOf(item).Name))).Select(ScriptOf).ToHashSet();
        foreach (var script in items.Select(ScriptOf))
        {
            settle(script, done.Contains(script));
        }

        // Not what was seen to be committed: a server that crashed may have lost the last of it.
        return $"{done.Count} of the {items.Count} {Outcome} for certain, each whole.";
    }

    /// <summary>What to say of a run that broke off where the server does not answer.</summary>
    /// <param name="done">How much was seen to be committed.</param>
    /// <param name="all">How much there was to do.</param>
    public string AsFarAsSeen(int done, int all) =>
        $"{done} of the {all} {Outcome} as far as was seen, each whole; the server cannot be asked what stands now, and if it crashed the last of them may be lost.";
}

/// <summary>The kinds of work.</summary>
internal static class Work
{
    /// <summary>Migrations are applied.</summary>
    public static readonly Work<MigrationStep> Apply = new(
        step => step.Migration, (step, row) => row is not null && step.IsDone(row), "pending migrations are applied", "Run again to complete.");

    /// <summary>Migrations are undone.</summary>
    public static readonly Work<RollbackScript> RollBack = new(
        script => script, (_, row) => row is null, "migrations are undone", "-t:MigrateStatus shows what is applied.");
}
