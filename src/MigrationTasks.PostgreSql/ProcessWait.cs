using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.PostgreSql;

/// <summary>Waits for what another process of the server is at, without a limit: the user sees which one it is, and can cancel.</summary>
internal static class ProcessWait
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Waits until a query finds no process any more.</summary>
    /// <param name="session">The session.</param>
    /// <param name="query">Gives the number of one such process, or no row.</param>
    /// <param name="parameters">Its parameters: $1, $2, …</param>
    /// <param name="script">The script that waits.</param>
    /// <param name="work">What the process is at, behind its number: <c>", in which …"</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task UntilGoneAsync(
        PostgreSqlScriptSession session, string query, object?[] parameters, MigrationScript script, string work, CancellationToken cancellation)
    {
        for (var isFirst = true; await FindAsync(session, query, parameters, cancellation).ConfigureAwait(false) is { } process; isFirst = false)
        {
            if (isFirst)
            {
                session.Progress.Waiting(script, $"waits for process {process}{work}");
            }

            await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<object?> FindAsync(PostgreSqlScriptSession session, string query, object?[] parameters, CancellationToken cancellation)
    {
        var (_, rows) = await PostgreSqlRows.ReadAsync(session.Connection, query, parameters, asText: false, cancellation).ConfigureAwait(false);
        return rows is [var row, ..] ? row[0] : null;
    }
}
