using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite;

/// <summary>The rehearsal on a thread of its own; it closes the sessions that it was given.</summary>
/// <param name="rehearsal">The rehearsal.</param>
/// <param name="sessions">What is closed at its end.</param>
/// <param name="run">Runs something on a thread of its own: what is being done, and the work.</param>
/// <param name="adapter">Reads what there is in the same session.</param>
internal sealed class SqliteRehearsalStage(SqliteRehearsal rehearsal, IReadOnlyList<IDisposable> sessions, Func<string, Action, Task> run, SqliteAdapter adapter) : IMigrationRehearsal
{
    public Task PrepareHistoryAsync(Migration? script, CancellationToken cancellation) =>
        run("creating the history table", () => rehearsal.PrepareHistory(script, cancellation));

    public async Task<string?> TryAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        string? reason = null;
        await run("trying migrations", () => reason = rehearsal.Try(unit, cancellation)).ConfigureAwait(false);
        return reason;
    }

    public Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) => adapter.ReadHistoryAsync(cancellation);

    public async Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation)
    {
        SchemaSnapshot? schema = null;
        await run("reading the schema", () => schema = rehearsal.ReadSchema(cancellation)).ConfigureAwait(false);
        return schema!;
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
