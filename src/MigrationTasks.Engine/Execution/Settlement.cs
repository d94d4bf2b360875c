using System.Data.Common;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>Finds out what is applied after a run that was cancelled or broke off: only the database knows what was committed last.</summary>
internal static class Settlement
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What to do next when the connection is lost: a sentence.</summary>
    public static string NextOf(IReadOnlyList<ScriptUnit> units) => units[0].Rollback is null ? "Run again to complete." : "-t:MigrateStatus shows what is applied.";

    /// <summary>Asks the database, and tells the observer what became of each script.</summary>
    /// <param name="units">What the run was to do.</param>
    /// <param name="ask">Reads the history, on a new connection if need be.</param>
    /// <param name="progress">What was seen of the run.</param>
    /// <returns>How much is done: a sentence.</returns>
    public static async Task<string> FindAsync(IReadOnlyList<ScriptUnit> units, Func<CancellationToken, Task<MigrationHistory>> ask, ScriptProgress progress)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var history = await ask(patience.Token).ConfigureAwait(false);
            var rows = history.Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name);
            var done = units.Where(unit => unit.IsDone(rows.GetValueOrDefault(unit.Script.Name))).ToHashSet();
            foreach (var unit in units)
            {
                progress.Settle(unit.Script, done.Contains(unit));
            }

            // Not what was seen to be committed: a server that crashed may have lost the last of it.
            return $"{done.Count} of the {OutcomeOf(units)} for certain, each of them completely.";
        }
        catch (Exception exception) when (exception is MigrationException or DbException or OperationCanceledException or InvalidOperationException)
        {
            return $"{progress.Completed} of the {OutcomeOf(units)} as far as could be seen, each of them completely. The server cannot be asked what is applied now; if it crashed, the last of them may be lost.";
        }
    }

    private static string OutcomeOf(IReadOnlyList<ScriptUnit> units) => $"{units.Count} {(units[0].Rollback is null ? "pending migrations are applied" : "migrations are undone")}";
}
