using MigrationTasks.Engine.Configuration;

namespace MigrationTasks.Engine.Commands;

/// <summary>Does a command's work for every database of a project.</summary>
internal static class DatabaseRuns
{
    // They mostly wait for their servers; more at a time would only be more connections.
    private const int Most = 16;

    /// <summary>Works on folders of different connections at the same time, and on those of one connection in their order.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="run">Works on one; what it throws stops the others.</param>
    /// <returns>What came of each, in the order of the folders.</returns>
    public static async Task<IReadOnlyList<TReport>> RunAsync<TReport>(IReadOnlyList<DatabaseFolder> folders, Func<DatabaseFolder, Task<TReport>> run)
    {
        // As a rule there is one, and all that follows would only be more code to load.
        if (folders is [var only])
        {
            return [await run(only).ConfigureAwait(false)];
        }

        var reports = new TReport[folders.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, folders.Count).GroupBy(i => folders[i].Variable, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = Most },
            async (connection, _) => await RunInOrderAsync(connection).ConfigureAwait(false)).ConfigureAwait(false);
        return reports;

        async Task RunInOrderAsync(IEnumerable<int> positions)
        {
            foreach (var i in positions)
            {
                reports[i] = await run(folders[i]).ConfigureAwait(false);
            }
        }
    }
}
