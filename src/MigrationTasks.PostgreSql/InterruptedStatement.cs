using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Finds out what became of a statement that could not share a transaction with its entry in the journal, when its run was
/// interrupted: the server may still be at it, it may have been completed, or it may be run again.
/// </summary>
internal sealed class InterruptedStatement(PostgreSqlScriptSession session, MigrationScript script)
{
    // Run twice, they do no harm.
    private static readonly string[] Repeatable = ["VACUUM", "CLUSTER", "REINDEX", "DISCARD", "ALTER SYSTEM"];

    // A server that was not told to stop goes on when its client is gone. What is shown of a statement may be cut short.
    private const string Survivor = """
        SELECT pid FROM pg_catalog.pg_stat_activity
        WHERE pid <> pg_catalog.pg_backend_pid() AND state = 'active' AND datname = pg_catalog.current_database()
          AND (query = $1 OR (pg_catalog.left($1, pg_catalog.length(query)) = query
            AND pg_catalog.octet_length(query) >= pg_catalog.pg_size_bytes(pg_catalog.current_setting('track_activity_query_size')) - 4))
        LIMIT 1
        """;

    /// <summary>Finds out whether it was completed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was; the empty text when it is to be run; <see langword="null"/> when it cannot be told.</returns>
    public async Task<string?> FindResultAsync(ScriptStatement statement, bool isSameFile, CancellationToken cancellation)
    {
        await ProcessWait.UntilGoneAsync(
            session, Survivor, [statement.Text], script, $", in which {statement.Summary} of the interrupted run is still running.", cancellation).ConfigureAwait(false);
        return await new IndexLeftovers(session, script).FindResultAsync(statement, isSameFile, cancellation).ConfigureAwait(false)
            ?? (Array.Exists(Repeatable, word => statement.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? "" : null);
    }
}
