using System.Data.Common;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>What is being done to the database, for whoever has to find out afterwards how much of it was.</summary>
/// <param name="ScriptOf">The script that an item of it runs.</param>
/// <param name="IsDone">Whether an item is done, as the row of its migration tells; there may be none.</param>
/// <param name="Outcome">What to call the items that are done.</param>
/// <param name="Next">What to do next when the connection is lost.</param>
internal sealed record Work<TItem>(Func<TItem, MigrationScript> ScriptOf, Func<TItem, HistoryRow?, bool> IsDone, string Outcome, string Next)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The items in order: neighbours that run in transactions together, and each that runs outside one by itself.</summary>
    public IEnumerable<IReadOnlyList<TItem>> Neighbours(IReadOnlyList<TItem> items)
    {
        for (var start = 0; start < items.Count;)
        {
            var length = Math.Max(1, items.Skip(start).TakeWhile(item => ScriptOf(item).IsTransactional).Count());
            yield return [.. items.Skip(start).Take(length)];
            start += length;
        }
    }

    /// <summary>Finds out what stands after a run that was cancelled or broke off: only the database knows what was committed last.</summary>
    /// <param name="items">What the run was to do.</param>
    /// <param name="ask">Reads the history, on a new connection if need be.</param>
    /// <param name="settle">Is told of each script whether it is done.</param>
    /// <param name="seen">How much was seen to be committed.</param>
    /// <returns>How much is done: a sentence.</returns>
    public async Task<string> SettleAsync(IReadOnlyList<TItem> items, Func<CancellationToken, Task<MigrationHistory>> ask, Action<MigrationScript, bool> settle, Func<int> seen)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return Settle(items, await ask(patience.Token).ConfigureAwait(false), settle);
        }
        catch (Exception exception) when (exception is MigrationException or DbException or OperationCanceledException or InvalidOperationException)
        {
            return $"{seen()} of the {items.Count} {Outcome} as far as could be seen, each of them completely. The server cannot be asked what is applied now; if it crashed, the last of them may be lost.";
        }
    }

    private string Settle(IReadOnlyList<TItem> items, MigrationHistory history, Action<MigrationScript, bool> settle)
    {
        var rows = history.Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name);
        var done = items.Where(item => IsDone(item, rows.GetValueOrDefault(ScriptOf(item).Name))).Select(ScriptOf).ToHashSet();
        foreach (var script in items.Select(ScriptOf))
        {
            settle(script, done.Contains(script));
        }

        // Not what was seen to be committed: a server that crashed may have lost the last of it.
        return $"{done.Count} of the {items.Count} {Outcome} for certain, each of them completely.";
    }
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

    /// <summary>Does one after the other, for as long as each is completed.</summary>
    /// <param name="items">What to do.</param>
    /// <param name="run">Does one.</param>
    public static async Task<ApplyOutcome> EachAsync<TItem>(IEnumerable<TItem> items, Func<TItem, Task<ApplyOutcome>> run)
    {
        foreach (var item in items)
        {
            var outcome = await run(item).ConfigureAwait(false);
            if (outcome != ApplyOutcome.Completed)
            {
                return outcome;
            }
        }

        return ApplyOutcome.Completed;
    }
}
