using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Finds what a statement that works on an index concurrently left when it failed: an invalid index, which costs every write its
/// time and helps no query. Only an index that has the very name that the statement gives, on its very table, is the statement's.
/// </summary>
internal sealed class IndexLeftovers(PostgreSqlScriptSession session, MigrationScript script)
{
    private const int LongestName = 63;

    // The statement's own session is asked, so that its search path says what the names mean. The index of a partitioned table may
    // well be invalid: it waits for those of the partitions.
    private const string IndexesLike = """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.substr(c.relname, pg_catalog.length(wanted.name) + 1), i.indrelid IS NOT DISTINCT FROM t.oid, coalesce(i.indisvalid OR c.relkind = 'I', true)
        FROM pg_catalog.pg_class t
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        CROSS JOIN (SELECT $2::pg_catalog.name::text) wanted (name)
        JOIN pg_catalog.pg_class c ON c.relnamespace = t.relnamespace AND pg_catalog.left(c.relname, pg_catalog.length(wanted.name)) = wanted.name
        LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE t.oid = pg_catalog.to_regclass($1)
        """;

    private const string InvalidIndexes = """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE i.indrelid = pg_catalog.to_regclass($1) AND NOT i.indisvalid
        ORDER BY 1
        """;

    // What a rebuild leaves is named after the index that it was to replace, or had replaced; that of a table rebuilds the index of
    // its long values too.
    private const string RebuildLeftovers = """
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
        FROM pg_catalog.pg_index o JOIN pg_catalog.pg_class original ON original.oid = o.indexrelid
        JOIN pg_catalog.pg_index i ON i.indrelid = o.indrelid AND NOT i.indisvalid
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE (o.indexrelid = pg_catalog.to_regclass($2)
            OR o.indrelid IN (SELECT unnest(ARRAY[t.oid, t.reltoastrelid]) FROM pg_catalog.pg_class t WHERE t.oid = pg_catalog.to_regclass($1)))
          AND pg_catalog.left(c.relname, pg_catalog.length(original.relname)) = original.relname
          AND pg_catalog.substr(c.relname, pg_catalog.length(original.relname) + 1) ~ '^_cc(new|old)[0-9]*$'
        ORDER BY 1
        """;

    // A build holds its lock on the table from its beginning to its end. Whose it is everybody may see, but not what it builds.
    private const string Builder = """
        SELECT l.pid FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_stat_progress_create_index p ON p.pid = l.pid
        WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
          AND l.relation = coalesce(pg_catalog.to_regclass($1)::oid, (SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid = pg_catalog.to_regclass($2)))
        LIMIT 1
        """;

    /// <summary>An index that a statement may mean.</summary>
    /// <param name="Name">Its name, with its schema and quotes.</param>
    /// <param name="IsValid">Whether it is complete.</param>
    private sealed record Found(string Name, bool IsValid);

    /// <summary>Drops what an earlier attempt at the statement left, and says so. What somebody is building just now is waited for.</summary>
    public async Task ClearAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        switch (ActionOf(statement))
        {
            case CreateIndex { IsConcurrent: true } create:
                await WaitForBuilderAsync(create.Table, null, cancellation).ConfigureAwait(false);
                await ClearAsync(statement, create, cancellation).ConfigureAwait(false);
                break;
            case Reindex { IsConcurrent: true, Kind: SqlObjectKind.Index or SqlObjectKind.Table, Name: { } name } rebuild:
                var (table, index) = rebuild.Kind == SqlObjectKind.Table ? ((SqlName?)name, (SqlName?)null) : (null, name);
                await WaitForBuilderAsync(table, index, cancellation).ConfigureAwait(false);
                await DropAsync(statement, await NamesAsync(RebuildLeftovers, cancellation, Quoted(table), Quoted(index)).ConfigureAwait(false), cancellation).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The invalid index that has the statement's name, after the statement; or <see langword="null"/>.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isRefused">Whether the server refused it because of the name; else only <c>IF NOT EXISTS</c> leaves such an index as it is.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<string?> FindKeptAsync(ScriptStatement statement, bool isRefused, CancellationToken cancellation) =>
        ActionOf(statement) is CreateIndex { IsConcurrent: true, Index: not null } create && (isRefused || create.IsConditional)
            && await FindAsync(create, cancellation).ConfigureAwait(false) is [{ IsValid: false } kept]
            ? kept.Name
            : null;

    /// <summary>Tells from the database whether a statement was completed; <see langword="null"/> when that cannot be told.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun: else an index may be another than the one that it says now.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was; the empty text when it was not.</returns>
    public async Task<string?> FindResultAsync(ScriptStatement statement, bool isSameFile, CancellationToken cancellation)
    {
        switch (ActionOf(statement))
        {
            case CreateIndex { IsConcurrent: true } create when NameOf(create) is not null:
                await WaitForBuilderAsync(create.Table, null, cancellation).ConfigureAwait(false);
                var valid = (await FindAsync(create, cancellation).ConfigureAwait(false)).Find(index => index.IsValid);
                // One without a name of its own may have been there before.
                return valid is null ? "" : create.Index is not null && isSameFile ? $"the index {valid.Name} is there and valid" : null;
            case DropIndex { IsConcurrent: true, Index: var index }:
                var (_, rows) = await PostgreSqlRows.ReadAsync(session.Connection, "SELECT pg_catalog.to_regclass($1) IS NULL", [Quoted(index)], asText: false, cancellation).ConfigureAwait(false);
                return rows[0][0] is true ? $"the index {index} is gone" : "";
            case Reindex { IsConcurrent: true, Kind: SqlObjectKind.Index or SqlObjectKind.Table }:
                return "";
            default:
                return null;
        }
    }

    private async Task ClearAsync(ScriptStatement statement, CreateIndex create, CancellationToken cancellation)
    {
        var name = NameOf(create);
        var invalid = name is null
            ? await NamesAsync(InvalidIndexes, cancellation, Quoted(create.Table)).ConfigureAwait(false)
            : (await FindAsync(create, cancellation).ConfigureAwait(false)).FindAll(index => !index.IsValid).ConvertAll(index => index.Name);
        if (create.Index is not null || (name is not null && invalid.Count == 1))
        {
            await DropAsync(statement, invalid, cancellation).ConfigureAwait(false);
        }
        else if (invalid.Count > 0)
        {
            session.Progress.Warned(Errors.UnknownLeftover(LocationOf(statement), invalid));
        }
    }

    // The index with the statement's name; where it gives none, those on its table that may be the one which the server named.
    private async Task<List<Found>> FindAsync(CreateIndex create, CancellationToken cancellation)
    {
        var (_, rows) = await PostgreSqlRows.ReadAsync(session.Connection, IndexesLike, [Quoted(create.Table), NameOf(create)], asText: false, cancellation).ConfigureAwait(false);
        var taken = rows.ToDictionary(row => (string)row[1]!, row => (Name: (string)row[0]!, IsOnTable: row[2] is true, IsValid: row[3] is true), StringComparer.Ordinal);

        // Where a name is taken, the server puts a number behind it.
        var found = new List<Found>();
        for (var number = 0; taken.TryGetValue(number == 0 ? "" : $"{number}", out var index) && (number == 0 || create.Index is null); number++)
        {
            if (index.IsOnTable)
            {
                found.Add(new Found(index.Name, index.IsValid));
            }
        }

        return found;
    }

    // The statement's action, if it does nothing but work on an index.
    private static SqlAction? ActionOf(ScriptStatement statement) => PostgreSqlActionReader.AsWritten.Read(statement, null) is [var action] ? action : null;

    // The name that the statement gives the index, or the one that the server does, unless that is taken; null when it cannot be told.
    // The server puts the table and the columns together: orders_customer_id_idx. How it shortens a long name, or names an expression,
    // cannot be told from here.
    internal static string? NameOf(CreateIndex create)
    {
        if (create.Index is { } index)
        {
            return index.Name.Value;
        }

        var name = create.Columns is { } columns && columns.Distinct().Count() == columns.Count ? string.Join('_', [create.Table.Name.Value, .. columns.Select(column => column.Value), "idx"]) : null;
        return name is not null && Encoding.UTF8.GetByteCount(name) <= LongestName ? name : null;
    }

    // So that the server finds out what it means.
    internal static string Quoted(SqlName name) => (name.Schema is { } schema ? Quoted(schema) + "." : "") + Quoted(name.Name);

    private static string? Quoted(SqlName? name) => name is { } known ? Quoted(known) : null;

    private static string Quoted(SqlPart part) => $"\"{part.Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private Task WaitForBuilderAsync(SqlName? table, SqlName? index, CancellationToken cancellation) =>
        ProcessWait.UntilGoneAsync(session, Builder, [Quoted(table), Quoted(index)], script, $", which builds an index of {(table is null ? $"the table of {index}" : table)}.", cancellation);

    private async Task<IReadOnlyList<string>> NamesAsync(string query, CancellationToken cancellation, params object?[] parameters)
    {
        var (_, rows) = await PostgreSqlRows.ReadAsync(session.Connection, query, parameters, asText: false, cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => (string)row[0]!)];
    }

    private async Task DropAsync(ScriptStatement statement, IReadOnlyList<string> indexes, CancellationToken cancellation)
    {
        foreach (var index in indexes)
        {
            await session.ExecuteAsync(new SqlText($"DROP INDEX CONCURRENTLY IF EXISTS {index}"), cancellation).ConfigureAwait(false);
            session.Progress.Warned(Errors.InvalidIndexDropped(LocationOf(statement), index));
        }
    }

    private SourceLocation LocationOf(ScriptStatement statement) => script.Locate(statement.LocationOf(script.Location.File, 1));
}
