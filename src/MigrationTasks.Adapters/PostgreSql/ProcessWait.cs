using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Waits for what another process of the server is at, without a limit: the user sees which one it is, and can cancel.</summary>
internal static class ProcessWait
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Waits until a query finds no process any more.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">Gives the number of one such process, or no row.</param>
    /// <param name="parameters">Its parameters: $1, $2, …</param>
    /// <param name="progress">What runs.</param>
    /// <param name="script">The script that waits.</param>
    /// <param name="work">What the process is at, behind its number: <c>", in which …"</c>.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task UntilGoneAsync(
        NpgsqlConnection connection, string query, object?[] parameters, RunProgress progress, MigrationScript script, string work, CancellationToken cancellation)
    {
        for (var isFirst = true; await FindAsync(connection, query, parameters, cancellation).ConfigureAwait(false) is { } process; isFirst = false)
        {
            if (isFirst)
            {
                progress.Waiting(script, $"waits for process {process}{work}");
            }

            await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<object?> FindAsync(NpgsqlConnection connection, string query, object?[] parameters, CancellationToken cancellation)
    {
        var (_, rows) = await PostgreSqlRows.ReadAsync(connection, query, parameters, asText: false, cancellation).ConfigureAwait(false);
        return rows is [var row, ..] ? row[0] : null;
    }
}
