using System.Diagnostics;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters.Sqlite;

/// <summary>Applies a migration and its history row in one transaction.</summary>
internal static class TransactionalMigration
{
    private const string Consequence = "The migration was rolled back.";

    /// <summary>Applies the migration, unless another runner has.</summary>
    public static ApplyOutcome Apply(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, Migration migration, IRunObserver observer, CancellationToken cancellation)
    {
        session.EnforceForeignKeys(false);
        session.Begin(cancellation);
        try
        {
            if (!history.Claim(session, migration, "applied", cancellation))
            {
                return ApplyOutcome.Superseded;
            }

            var startedAt = Stopwatch.GetTimestamp();
            observer.Started(migration);
            Execute(session, config, migration, cancellation);
            ForeignKeyCheck.Run(session, migration, cancellation);
            history.Finish(session, migration, Stopwatch.GetElapsedTime(startedAt), cancellation);
            session.Commit(cancellation);
            observer.Applied(migration, Stopwatch.GetElapsedTime(startedAt));
            return ApplyOutcome.Completed;
        }
        catch (SqliteFailure failure)
        {
            // No statement of the file, but the history row, the check of foreign keys or the commit.
            throw SqliteErrors.ForOwn(failure, config, $"committing {migration.Name}", migration.Location);
        }
        finally
        {
            session.Rollback();
            session.EnforceForeignKeys(session.EnforcedForeignKeys);
        }
    }

    /// <summary>Executes the migration's statements in the transaction that is open.</summary>
    public static void Execute(SqliteSession session, SqliteConfig config, Migration migration, CancellationToken cancellation)
    {
        foreach (var statement in migration.ReadStatements())
        {
            try
            {
                session.ExecuteForeign(statement.Text, cancellation);
            }
            catch (SqliteFailure failure)
            {
                throw SqliteErrors.ForStatement(failure, config, statement.LocationOfByte(migration.Path, failure.Offset), Consequence);
            }
        }
    }
}
