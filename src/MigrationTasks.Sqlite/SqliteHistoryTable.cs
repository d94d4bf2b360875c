using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>The history table of a SQLite database.</summary>
/// <param name="table">Its name.</param>
internal sealed class SqliteHistoryTable(HistoryTableName table)
{
    private static readonly (string Column, string Type)[] Columns =
    [
        (HistorySchema.Name, "TEXT NOT NULL PRIMARY KEY"),
        (HistorySchema.Checksum, "TEXT"),
        (HistorySchema.ExecutedAt, "TEXT"),
        (HistorySchema.Duration, "INTEGER"),
        (HistorySchema.Status, "TEXT NOT NULL DEFAULT 'applied'"),
        (HistorySchema.StatementsDone, "INTEGER"),
        (HistorySchema.Rollback, "TEXT"),
        (HistorySchema.TokenChecksum, "TEXT"),
        (HistorySchema.Folder, "TEXT"),
    ];

    private readonly string _name = $"main.\"{table.Table}\"";

    /// <summary>The table's name.</summary>
    public string Name => table.ToString();

    /// <summary>The table as SQL names it. Its name holds letters, digits, _ and - only, so that quoting it is enough.</summary>
    public string Table => _name;

    /// <summary>Claims a migration: ?1, ?2, … are <see cref="ClaimOf"/>. It changes nothing when there is a row of the name.</summary>
    // One statement looks and inserts under the same lock: a violated constraint is then never another runner's row.
    public string Insert => $"""
        INSERT INTO {_name} ({HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.ExecutedAt}, {HistorySchema.Status}, {HistorySchema.StatementsDone}, {HistorySchema.Rollback}, {HistorySchema.TokenChecksum}, {HistorySchema.Folder})
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS (SELECT 1 FROM {_name} WHERE {HistorySchema.Name} = ?1)
        """;

    /// <summary>The same for a migration that has a row already: ?9 and ?10 are its name and its checksum. It changes nothing when they are others by now.</summary>
    public string Update => $"""
        UPDATE {_name} SET ({HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.ExecutedAt}, {HistorySchema.Status}, {HistorySchema.StatementsDone}, {HistorySchema.Rollback}, {HistorySchema.TokenChecksum}, {HistorySchema.Folder}, {HistorySchema.Duration})
        = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL) WHERE {HistorySchema.Name} = ?9 AND {HistorySchema.Checksum} IS ?10
        """;

    /// <summary>Counts the statements that stand of a migration outside a transaction: ?1 name, ?2 how many, ?3 the checksum of their tokens.</summary>
    public string Progress => $"UPDATE {_name} SET {HistorySchema.StatementsDone} = ?2, {HistorySchema.TokenChecksum} = ?3 WHERE {HistorySchema.Name} = ?1";

    /// <summary>Ends a migration whose duration only the database can tell: ?1 name, ?2 token checksum.</summary>
    public string EndByClock => $"""
        UPDATE {_name} SET {HistorySchema.Duration} = CAST(round((julianday('now') - julianday({HistorySchema.ExecutedAt})) * 86400000) AS INTEGER), {HistorySchema.Status} = 'applied', {HistorySchema.TokenChecksum} = ?2
        WHERE {HistorySchema.Name} = ?1
        """;

    /// <summary>The values of the row that claims a migration now, in order.</summary>
    public static object?[] ClaimOf(Migration migration, string status) =>
    [
        migration.Name,
        migration.Checksum,
        DateTimeOffset.UtcNow,
        status,
        migration.IsTransactional ? null : 0,
        migration.Rollback,
        migration.ReadTokenChecksum(),
        migration.Folder,
    ];

    /// <summary>Tells whether there is a table of a name.</summary>
    public static bool Exists(SqliteSession session, HistoryTableName table, CancellationToken cancellation) =>
        session.Query("SELECT 1 FROM main.sqlite_master WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE", cancellation, table.Table).Rows.Count > 0;

    /// <summary>Tells whether the table is there.</summary>
    public bool Exists(SqliteSession session, CancellationToken cancellation) => Exists(session, table, cancellation);

    /// <summary>Reads the history with one query.</summary>
    /// <exception cref="MigrationException">MIG3001 when the table belongs to another tool.</exception>
    public MigrationHistory Read(SqliteSession session, CancellationToken cancellation)
    {
        try
        {
            return ReadTable(session, cancellation);
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode == raw.SQLITE_ERROR)
        {
            // Another runner may have created the table since the query found none.
            return Exists(session, table, cancellation) ? ReadTable(session, cancellation) : MigrationHistory.Absent(table);
        }
    }

    /// <summary>Creates the table.</summary>
    public string Creation => $"CREATE TABLE {_name} ({string.Join(", ", Columns.Select(column => $"{column.Column} {column.Type}"))})";

    /// <summary>Creates the table.</summary>
    public void Create(SqliteSession session, CancellationToken cancellation) => session.Execute(Creation, cancellation);

    /// <summary>What makes a table complete that has at least <c>migration_name</c>, as statements.</summary>
    public IReadOnlyList<string> Completion(SqliteSession session, CancellationToken cancellation) =>
        [.. MissingColumns(session, cancellation), .. IsNameUnique(session, cancellation) ? Array.Empty<string>() : [UniqueName]];

    /// <summary>Adds what a table lacks that has at least <c>migration_name</c>.</summary>
    /// <exception cref="MigrationException">MIG3007 when it cannot be completed.</exception>
    public void Complete(SqliteSession session, CancellationToken cancellation)
    {
        try
        {
            AddColumns(session, cancellation);
            if (!IsNameUnique(session, cancellation))
            {
                MakeNameUnique(session, cancellation);
            }
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode == raw.SQLITE_ERROR)
        {
            throw Errors.HistoryUnusable(table.ToString(), $"its missing columns cannot be added. {failure.Problem}", failure);
        }
    }

    /// <summary>
    /// Claims a migration for this runner by writing its row; every writer of the database sees that row or waits for it.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="step">The migration, and the row that it has already.</param>
    /// <param name="status">The row's status.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether no other runner has claimed it.</returns>
    public bool Claim(SqliteSession session, MigrationStep step, string status, CancellationToken cancellation)
    {
        object?[] row = [.. ClaimOf(step.Migration, status).Select(ValueOf)];
        TakingRow(() =>
        {
            if (step.Before is { } before)
            {
                session.Execute(Update, cancellation, [.. row, before.Name, before.Checksum]);
            }
            else
            {
                session.Execute(Insert, cancellation, row);
            }
        });
        return session.Changes > 0;
    }

    /// <summary>Writes down how long an applied migration took.</summary>
    public void Finish(SqliteSession session, Migration migration, TimeSpan duration, CancellationToken cancellation) =>
        session.Execute(
            $"UPDATE {_name} SET {HistorySchema.Duration} = ?2, {HistorySchema.Status} = 'applied' WHERE {HistorySchema.Name} = ?1",
            cancellation,
            migration.Name,
            (long)duration.TotalMilliseconds);

    /// <summary>Writes down what happens to a migration outside a transaction, and how many statements stand.</summary>
    public void Mark(SqliteSession session, MigrationScript script, HistoryStatus status, int statements) =>
        session.Execute(
            $"UPDATE {_name} SET {HistorySchema.Status} = ?2, {HistorySchema.StatementsDone} = ?3 WHERE {HistorySchema.Name} = ?1",
            default,
            script.Name,
            HistorySchema.TextOf(status),
            statements);

    /// <summary>Removes the row of a migration that is not applied any more.</summary>
    /// <returns>Whether it went: a trigger may keep it.</returns>
    public bool Remove(SqliteSession session, MigrationScript script)
    {
        session.Execute($"DELETE FROM {_name} WHERE {HistorySchema.Name} = ?1", default, script.Name);
        return session.Changes > 0;
    }

    /// <summary>Adds, changes and removes rows, in the transaction that is open.</summary>
    /// <exception cref="MigrationException">MIG3007 when a constraint refuses a row.</exception>
    public void Change(SqliteSession session, IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        foreach (var change in changes.Where(change => change.After is null || change.Values.Count > 0))
        {
            var columns = change.Values.Select(value => value.Key).ToList();
            var values = change.Values.Select(value => ValueOf(value.Value)).Prepend(change.Name).ToArray();
            var sql = (change.Before, change.After) switch
            {
                (null, _) => $"INSERT INTO {_name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 2}"))})",
                (_, null) => $"DELETE FROM {_name} WHERE {HistorySchema.Name} = ?1",
                _ => $"UPDATE {_name} SET {string.Join(", ", columns.Select((column, i) => $"{column} = ?{i + 2}"))} WHERE {HistorySchema.Name} = ?1",
            };
            TakingRow(() => session.Execute(sql, cancellation, values));
        }
    }

    private string UniqueName => $"CREATE UNIQUE INDEX main.\"{table.Table}_{HistorySchema.Name}\" ON \"{table.Table}\" ({HistorySchema.Name})";

    private IEnumerable<string> MissingColumns(SqliteSession session, CancellationToken cancellation)
    {
        var present = session.Query("SELECT name FROM pragma_table_info(?1)", cancellation, table.Table).Rows
            .Select(row => (string)row[0]!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Columns.Where(column => !present.Contains(column.Column)).Select(column => $"ALTER TABLE {_name} ADD COLUMN {column.Column} {column.Type}");
    }

    private void AddColumns(SqliteSession session, CancellationToken cancellation)
    {
        foreach (var addition in MissingColumns(session, cancellation))
        {
            session.Execute(addition, cancellation);
        }
    }

    private bool IsNameUnique(SqliteSession session, CancellationToken cancellation) =>
        session.Query(
            """
            SELECT 1 FROM pragma_index_list(?1) AS i, pragma_index_info(i.name) AS c
            WHERE i."unique" AND NOT i.partial GROUP BY i.name HAVING count(*) = 1 AND max(c.name) = ?2 COLLATE NOCASE
            """,
            cancellation,
            table.Table,
            HistorySchema.Name).Rows.Count > 0;

    private void MakeNameUnique(SqliteSession session, CancellationToken cancellation)
    {
        try
        {
            session.Execute(UniqueName, cancellation);
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode == raw.SQLITE_CONSTRAINT)
        {
            var twice = session.Query($"SELECT {HistorySchema.Name} FROM {_name} GROUP BY {HistorySchema.Name} HAVING count(*) > 1 LIMIT 5", cancellation);
            throw Errors.HistoryUnusable(
                table.ToString(),
                $"it has more than one row for {string.Join(", ", twice.Rows.Select(row => row[0]))}. Delete all but one of each, and run again.",
                failure);
        }
    }

    private void TakingRow(Action write)
    {
        try
        {
            write();
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode == raw.SQLITE_CONSTRAINT)
        {
            throw Errors.HistoryUnusable(table.ToString(), $"it does not take a row: {failure.Problem} Remove that constraint, or give its columns a default.", failure);
        }
    }

    private static object? ValueOf(object? value) => value is DateTimeOffset time ? TextOf(time) : value;

    /// <summary>A time as the table holds it.</summary>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private MigrationHistory ReadTable(SqliteSession session, CancellationToken cancellation)
    {
        var result = session.Query($"SELECT * FROM {_name}", cancellation);
        return HistorySchema.Read(table, result.Columns, result.Rows);
    }
}
