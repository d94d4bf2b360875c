using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Sqlite;

/// <summary>The row of a migration outside a transaction while it runs: how many of its statements stand.</summary>
/// <param name="session">The session.</param>
/// <param name="history">The history table.</param>
/// <param name="name">The row's name.</param>
internal sealed class SqliteJournal(SqliteSession session, SqliteHistoryTable history, string name)
{
    /// <summary>Claims a migration that an earlier run began, unless something happened to it since.</summary>
    /// <param name="migration">The migration as its file is now.</param>
    /// <param name="statementsDone">How many of its statements stood when the row was read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it is so still.</returns>
    public bool Resume(Migration migration, int statementsDone, CancellationToken cancellation)
    {
        session.Execute(
            $"""
            UPDATE {history.Table} SET {HistorySchema.Status} = 'running', {HistorySchema.ExecutedAt} = ?3, {HistorySchema.Checksum} = ?4
            WHERE {HistorySchema.Name} = ?1 AND {HistorySchema.Status} IN ('running', 'failed') AND coalesce({HistorySchema.StatementsDone}, 0) = ?2
            """,
            cancellation,
            name,
            statementsDone,
            SqliteHistoryTable.TextOf(DateTimeOffset.UtcNow),
            migration.Checksum);
        return session.Changes > 0;
    }

    /// <summary>Writes down how many statements stand, and the checksum of their tokens.</summary>
    public void Advance(int statements, string checksum) =>
        session.Execute(history.Progress, default, name, statements, checksum);

    /// <summary>Writes down that the migration stopped.</summary>
    public void Fail() =>
        session.Execute($"UPDATE {history.Table} SET {HistorySchema.Status} = 'failed' WHERE {HistorySchema.Name} = ?1", default, name);

    /// <summary>Writes down that the migration is applied, as its file is now.</summary>
    public void Finish(Migration migration, TimeSpan duration) =>
        session.Execute(
            $"""
            UPDATE {history.Table} SET {HistorySchema.Status} = 'applied', {HistorySchema.Duration} = ?2,
              {HistorySchema.Checksum} = ?3, {HistorySchema.TokenChecksum} = ?4, {HistorySchema.Rollback} = ?5
            WHERE {HistorySchema.Name} = ?1
            """,
            default,
            name,
            (long)duration.TotalMilliseconds,
            migration.Checksum,
            migration.ReadTokenChecksum(),
            migration.Rollback);
}
