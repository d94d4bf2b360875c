using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands;

/// <summary>Writes what a command decided on into the history.</summary>
internal static class HistoryWriter
{
    /// <param name="context">The database.</param>
    /// <param name="history">The history as it was read; its table is created or completed when it has to be.</param>
    /// <param name="script">The migration that creates the table, or <see langword="null"/>.</param>
    /// <param name="changes">The changes; with none, nothing is written at all.</param>
    /// <param name="warnings">What the command tells at its end.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">With the warnings that the project raises to errors: then nothing is written.</exception>
    public static async Task WriteAsync(
        CommandContext context,
        MigrationHistory history,
        Migration? script,
        IReadOnlyList<HistoryChange> changes,
        IReadOnlyList<Diagnostic> warnings,
        CancellationToken cancellation)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var foreseen = context.Foresee(_ => { });
        foreseen.AddRange(warnings);
        foreseen.Check();
        if (history.State != HistoryTableState.Complete)
        {
            await context.Adapter.EnsureHistoryAsync(script, context.Observer, cancellation).ConfigureAwait(false);
        }

        await context.Adapter.ChangeHistoryAsync(changes, cancellation).ConfigureAwait(false);
    }
}
