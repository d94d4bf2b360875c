using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Finds out what became of a statement that could not share a transaction with its entry in the journal, when its run was
/// interrupted: the server may still be at it, it may have been completed, or it may be run again.
/// </summary>
internal sealed class InterruptedStatement(WorkSession session, MigrationScript script, IndexLeftovers leftovers)
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
    /// <param name="number">Its number, counted from 1.</param>
    /// <param name="checksum">The checksum of the statements up to it.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was; the empty text when it is to be run.</returns>
    /// <exception cref="MigrationException">MIG3011 when it cannot be told.</exception>
    public async Task<string> FindResultAsync(ScriptStatement statement, int number, string checksum, bool isSameFile, CancellationToken cancellation)
    {
        await ProcessWait.UntilGoneAsync(
            session, Survivor, [statement.Text], script, $", in which {statement.Summary} of the interrupted run is still running.", cancellation).ConfigureAwait(false);
        return await leftovers.FindResultAsync(statement, isSameFile, cancellation).ConfigureAwait(false)
            ?? (Array.Exists(Repeatable, word => statement.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? "" : throw Uncertain(statement, number, checksum));
    }

    /// <summary>The error of a statement of which nothing tells whether it was completed.</summary>
    public MigrationException Uncertain(ScriptStatement statement, int number, string checksum)
    {
        var row = $"WHERE {HistorySchema.Name} = '{script.Name.Replace("'", "''", StringComparison.Ordinal)}'";
        return Errors.UncertainStatement(
            script.Locate(statement.LocationOf(script.Location.File, 1)),
            statement.Summary,
            $"UPDATE {session.History.Table} SET {HistorySchema.Status} = 'failed' {row}",
            $"UPDATE {session.History.Table} SET {HistorySchema.Status} = 'failed', {HistorySchema.StatementsDone} = {number}, {HistorySchema.TokenChecksum} = '{checksum}' {row}");
    }
}
