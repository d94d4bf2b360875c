using DuckDB.NET.Data;
using DuckDB.NET.Native;
using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace DuckDbSample;

/// <summary>The history table. Whoever writes to it holds the run lock, so that what was read stays true.</summary>
public sealed class DuckDbHistory(HistoryTableName table)
{
    private const string UsualSchema = "main";

    private static readonly (string Column, string Type)[] Columns =
    [
        (HistorySchema.Name, "VARCHAR NOT NULL PRIMARY KEY"),
        (HistorySchema.Checksum, "VARCHAR"),
        (HistorySchema.ExecutedAt, "TIMESTAMP"),
        (HistorySchema.Duration, "BIGINT"),
        (HistorySchema.Status, "VARCHAR DEFAULT 'applied'"),
        (HistorySchema.StatementsDone, "INTEGER"),
        (HistorySchema.Rollback, "VARCHAR"),
        (HistorySchema.TokenChecksum, "VARCHAR"),
        (HistorySchema.Folder, "VARCHAR"),
    ];

    private readonly string _schema = table.Schema ?? UsualSchema;

    public string Name => table.ToString();

    /// <summary>Tells whether there is a table or view of a name.</summary>
    public static bool Exists(DuckDbSession session, HistoryTableName table, CancellationToken cancellation) =>
        session.Query(
            "SELECT 1 FROM information_schema.tables WHERE table_catalog = $1 AND lower(table_schema) = lower($2) AND lower(table_name) = lower($3)",
            cancellation, session.Catalog, table.Schema ?? UsualSchema, table.Table).Rows.Count > 0;

    /// <summary>Reads the history with one query; where it fails, it looks whether there is one at all.</summary>
    /// <exception cref="MigrationException">MIG3001 when the table belongs to another tool.</exception>
    public MigrationHistory Read(DuckDbSession session, CancellationToken cancellation)
    {
        if (!Exists(session, table, cancellation))
        {
            return MigrationHistory.Absent(table);
        }

        var (columns, rows) = session.Query($"SELECT * FROM {In(session)}", cancellation);
        return HistorySchema.Read(table, columns, rows);
    }

    public void Create(DuckDbSession session, CancellationToken cancellation)
    {
        if (table.Schema is not null)
        {
            session.Execute($"CREATE SCHEMA IF NOT EXISTS \"{session.Catalog}\".\"{_schema}\"", cancellation);
        }

        session.Execute($"CREATE TABLE {In(session)} ({string.Join(", ", Columns.Select(column => $"{column.Column} {column.Type}"))})", cancellation);
    }

    /// <summary>Adds what a table lacks that has at least <c>migration_name</c>.</summary>
    /// <exception cref="MigrationException">MIG3007 when it cannot be completed.</exception>
    public void Complete(DuckDbSession session, CancellationToken cancellation)
    {
        var present = session.Query($"SELECT * FROM {In(session)} LIMIT 0", cancellation).Columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var twice = session.Query($"SELECT {HistorySchema.Name} FROM {In(session)} GROUP BY ALL HAVING count(*) > 1 LIMIT 5", cancellation).Rows;
        if (twice.Count > 0)
        {
            throw Errors.HistoryUnusable(table.ToString(), $"it has more than one row for {string.Join(", ", twice.Select(row => row[0]))}. Delete all but one of each, and run again.");
        }

        try
        {
            foreach (var (column, type) in Columns.Where(column => !present.Contains(column.Column)))
            {
                session.Execute($"ALTER TABLE {In(session)} ADD COLUMN {column} {type}", cancellation);
            }

            if (!IsNameUnique(session, cancellation))
            {
                session.Execute($"CREATE UNIQUE INDEX \"{table.Table}_{HistorySchema.Name}\" ON {In(session)} ({HistorySchema.Name})", cancellation);
            }
        }
        catch (DuckDBException exception)
        {
            throw Errors.HistoryUnusable(table.ToString(), $"it cannot be completed. {DuckDbFailure.Of(exception).Problem}", exception);
        }
    }

    /// <summary>Claims a migration by its row.</summary>
    /// <returns>Whether no other runner was faster.</returns>
    public bool Claim(DuckDbSession session, MigrationStep step, HistoryStatus status, CancellationToken cancellation)
    {
        var migration = step.Migration;
        object?[] row =
        [
            migration.Name, migration.Checksum, DateTimeOffset.UtcNow, HistorySchema.TextOf(status), migration.IsTransactional ? null : 0, migration.Rollback, migration.ReadTokenChecksum(), migration.Folder,
        ];
        const string Names = $"{HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.ExecutedAt}, {HistorySchema.Status}, {HistorySchema.StatementsDone}, {HistorySchema.Rollback}, {HistorySchema.TokenChecksum}, {HistorySchema.Folder}";
        return TakingRow(() => step.Before is { } before
            ? session.Execute(
                $"""
                UPDATE {In(session)} SET {HistorySchema.Name} = $1, {HistorySchema.Checksum} = $2, {HistorySchema.ExecutedAt} = $3, {HistorySchema.Status} = $4,
                  {HistorySchema.StatementsDone} = $5, {HistorySchema.Rollback} = $6, {HistorySchema.TokenChecksum} = $7, {HistorySchema.Folder} = $8, {HistorySchema.Duration} = NULL
                WHERE {HistorySchema.Name} = $9 AND {HistorySchema.Checksum} IS NOT DISTINCT FROM $10
                """,
                cancellation, [.. row, before.Name, before.Checksum])
            : session.Execute(
                $"INSERT INTO {In(session)} ({Names}) SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (FROM {In(session)} WHERE {HistorySchema.Name} = $1)",
                cancellation, row)) > 0;
    }

    /// <summary>Claims a migration that an earlier run began, unless something happened to its row since.</summary>
    public bool Resume(DuckDbSession session, ResumePoint point, Migration migration, CancellationToken cancellation) => session.Execute(
        $"""
        UPDATE {In(session)} SET {HistorySchema.Status} = 'running', {HistorySchema.ExecutedAt} = $3, {HistorySchema.Checksum} = $4
        WHERE {HistorySchema.Name} = $1 AND {HistorySchema.Status} IN ('running', 'failed') AND coalesce({HistorySchema.StatementsDone}, 0) = $2
        """,
        cancellation, point.Row.Name, point.StatementsDone, DateTimeOffset.UtcNow, migration.Checksum) > 0;

    /// <summary>Writes down how many statements stand of what runs outside a transaction; the checksum is that of their tokens, where it counts.</summary>
    public void Advance(DuckDbSession session, string name, int statements, string? checksum) => session.Execute(
        $"UPDATE {In(session)} SET {HistorySchema.StatementsDone} = $2, {HistorySchema.TokenChecksum} = coalesce($3, {HistorySchema.TokenChecksum}) WHERE {HistorySchema.Name} = $1",
        default, name, statements, checksum);

    public void Mark(DuckDbSession session, string name, HistoryStatus status) =>
        session.Execute($"UPDATE {In(session)} SET {HistorySchema.Status} = $2 WHERE {HistorySchema.Name} = $1", default, name, HistorySchema.TextOf(status));

    /// <summary>Writes down that a migration is applied, as its file is now.</summary>
    public void Finish(DuckDbSession session, string name, Migration migration, TimeSpan duration) => session.Execute(
        $"""
        UPDATE {In(session)} SET {HistorySchema.Status} = 'applied', {HistorySchema.Duration} = $2,
          {HistorySchema.Checksum} = $3, {HistorySchema.TokenChecksum} = $4, {HistorySchema.Rollback} = $5 WHERE {HistorySchema.Name} = $1
        """,
        default, name, (long)duration.TotalMilliseconds, migration.Checksum, migration.ReadTokenChecksum(), migration.Rollback);

    /// <summary>Removes the row of a migration that is not applied any more.</summary>
    public bool Remove(DuckDbSession session, string name) => session.Execute($"DELETE FROM {In(session)} WHERE {HistorySchema.Name} = $1", default, name) > 0;

    /// <summary>Adds, changes and removes rows.</summary>
    /// <exception cref="MigrationException">MIG3007 when a constraint refuses a row.</exception>
    public void Change(DuckDbSession session, IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        foreach (var change in changes.Where(change => change.After is null || change.Values.Count > 0))
        {
            var columns = change.Values.Select(value => value.Key).ToList();
            var assigned = columns.Select((column, i) => $"{column} = ${i + 1}");
            TakingRow(() => (change.Before, change.After) switch
            {
                (null, _) => session.Execute($"INSERT INTO {In(session)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})", cancellation, [.. change.Values.Select(value => value.Value)]),
                (_, null) => session.Execute($"DELETE FROM {In(session)} WHERE {HistorySchema.Name} = $1", cancellation, change.Name),
                _ => session.Execute($"UPDATE {In(session)} SET {string.Join(", ", assigned)} WHERE {HistorySchema.Name} = ${columns.Count + 1}", cancellation, [.. change.Values.Select(value => value.Value), change.Name]),
            });
        }
    }

    // Names of tables hold letters, digits, _ and - only, so that quoting them is enough.
    private string In(DuckDbSession session) => $"\"{session.Catalog.Replace("\"", "\"\"", StringComparison.Ordinal)}\".\"{_schema}\".\"{table.Table}\"";

    private bool IsNameUnique(DuckDbSession session, CancellationToken cancellation) => session.Query(
        """
        SELECT 1 FROM duckdb_constraints() WHERE database_name = $1 AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3)
          AND constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND array_to_string(constraint_column_names, ',') = $4
        UNION ALL
        SELECT 1 FROM duckdb_indexes() WHERE database_name = $1 AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3)
          AND is_unique AND expressions IN ('[' || $4 || ']', '[''' || $4 || ''']')
        """,
        cancellation, session.Catalog, _schema, table.Table, HistorySchema.Name).Rows.Count > 0;

    private int TakingRow(Func<int> write)
    {
        try
        {
            return write();
        }
        catch (DuckDBException exception) when (exception.ErrorType == DuckDBErrorType.Constraint)
        {
            throw Errors.HistoryUnusable(table.ToString(), $"it does not take a row: {DuckDbFailure.Of(exception).Problem} Remove that constraint, or give its columns a default.", exception);
        }
    }
}
