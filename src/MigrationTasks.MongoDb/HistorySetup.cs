using System.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.MongoDb;

/// <summary>Creates the history, under the run lock, so that of several first runs one does it and the others find it done.</summary>
/// <param name="run">What it has to work with.</param>
internal sealed class HistorySetup(MongoDbRun run)
{
    /// <param name="script">The migration that creates the history, or <see langword="null"/>.</param>
    /// <param name="cancellation">Stops the running command.</param>
    public async Task RunAsync(Migration? script, CancellationToken cancellation)
    {
        if ((await run.History.ReadAsync(cancellation).ConfigureAwait(false)).State != HistoryTableState.Absent)
        {
            return;
        }

        if (script is null)
        {
            await run.History.CreateAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var startedAt = Stopwatch.GetTimestamp();
        run.Observer.Started(script);
        await ExecuteAsync(script, cancellation).ConfigureAwait(false);
        await run.History.CreateAsync(cancellation).ConfigureAwait(false);
        await run.History.ChangeAsync([HistoryChange.Add(HistoryRow.Of(script, HistoryStatus.Applied, DateTimeOffset.UtcNow))], cancellation).ConfigureAwait(false);
        run.Observer.Applied(script, Stopwatch.GetElapsedTime(startedAt));
    }

    private async Task ExecuteAsync(Migration script, CancellationToken cancellation)
    {
        foreach (var statement in script.ReadStatements())
        {
            try
            {
                await run.ExecuteAsync(script, statement, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
            {
                throw MongoDbErrors.ForCommand(exception, run.Config, MongoDbRun.PlaceOf(script, statement), "The history was not created. MigrationTasks creates it by itself: the file may be deleted.");
            }
        }
    }
}
