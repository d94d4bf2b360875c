using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>The rehearsal on a thread of its own; it closes the sessions that it was given.</summary>
/// <param name="rehearsal">The rehearsal.</param>
/// <param name="sessions">What is closed at its end.</param>
/// <param name="run">Runs something on a thread of its own: what is being done, and the work.</param>
internal sealed class SqliteRehearsalStage(SqliteRehearsal rehearsal, IReadOnlyList<IDisposable> sessions, Func<string, Action, Task> run) : IMigrationRehearsal
{
    public Task PrepareHistoryAsync(Migration? script, CancellationToken cancellation) =>
        run("creating the history table", () => rehearsal.PrepareHistory(script, cancellation));

    public async Task<string?> TryAsync(MigrationStep migration, CancellationToken cancellation)
    {
        string? reason = null;
        await run("trying migrations", () => reason = rehearsal.Try(migration, cancellation)).ConfigureAwait(false);
        return reason;
    }

    public async ValueTask DisposeAsync()
    {
        await run("rolling the dry run back", rehearsal.End).ConfigureAwait(false);
        foreach (var session in sessions)
        {
            session.Dispose();
        }
    }
}
