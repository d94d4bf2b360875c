using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;
using MigrationTasks.PostgreSql.Scripts;

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
            ?? (isSameFile && QuestionOf(statement) is var (query, names, result) ? await ResultAsync(query, names, result, cancellation).ConfigureAwait(false) : null)
            ?? (Array.Exists(Repeatable, word => statement.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? "" : null);
    }

    // What besides an index cannot be created or dropped in a transaction: whether it was, and what shows it then.
    private static (string Query, string[] Names, string Result)? QuestionOf(ScriptStatement statement) => PostgreSqlActionReader.AsWritten.Read(statement, null) switch
    {
        [CreateObject { Kind: var kind, Name.Name: var name }] when ListOf(kind) is { } list => ($"SELECT EXISTS (SELECT FROM {list} = $1)", [name.Value], $"the {Word(kind)} {name} is there"),
        [DropObject { Kind: var kind, Name.Name: var name }] when ListOf(kind) is { } list => ($"SELECT NOT EXISTS (SELECT FROM {list} = $1)", [name.Value], $"the {Word(kind)} {name} is gone"),
        [DetachPartition { IsConcurrent: true, Table: var table, Partition: var partition }] => (
            "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = pg_catalog.to_regclass($1) AND inhrelid = pg_catalog.to_regclass($2))",
            [IndexLeftovers.Quoted(table), IndexLeftovers.Quoted(partition)],
            $"the partition {partition} of {table} is detached"),
        _ => null,
    };

    private static string? ListOf(SqlObjectKind kind) => kind switch
    {
        SqlObjectKind.Database => "pg_catalog.pg_database WHERE datname",
        SqlObjectKind.Tablespace => "pg_catalog.pg_tablespace WHERE spcname",
        SqlObjectKind.Subscription => "pg_catalog.pg_subscription WHERE subname",
        _ => null,
    };

    private static string Word(SqlObjectKind kind) => kind.ToString().ToLowerInvariant();

    private async Task<string> ResultAsync(string query, string[] names, string result, CancellationToken cancellation)
    {
        var (_, rows) = await PostgreSqlRows.ReadAsync(session.Connection, query, names, asText: false, cancellation).ConfigureAwait(false);
        return rows[0][0] is true ? result : "";
    }
}
