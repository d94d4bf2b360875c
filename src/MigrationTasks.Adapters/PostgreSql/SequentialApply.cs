using System.Diagnostics;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Applies one migration that runs outside a transaction, statement by statement. Its row says <c>running</c> before the first
/// statement and counts the statements that stand; a transaction that the file opens itself carries that count with it.
/// </summary>
internal sealed class SequentialApply(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress)
{
    public async Task<ApplyOutcome> RunAsync(Migration migration, CancellationToken cancellation)
    {
        if (await ClaimAsync(migration, cancellation).ConfigureAwait(false) is { } lost)
        {
            return lost;
        }

        progress.Start(migration);
        var startedAt = Stopwatch.GetTimestamp();
        var done = 0;
        foreach (var statement in migration.ReadStatements())
        {
            await RunAsync(new CommandOrigin(migration, CommandPurpose.Statement, statement), done, startedAt, statement.Text, cancellation).ConfigureAwait(false);
            done++;

            // Right after BEGIN nothing may run yet: SET TRANSACTION must come first.
            if (statement.Kind != StatementKind.TransactionStart)
            {
                await RunAsync(new CommandOrigin(migration, CommandPurpose.Frame, statement), done, startedAt, history.RecordProgress, cancellation, migration.Name, done).ConfigureAwait(false);
            }
        }

        await SessionState.RunMutedAsync(connection, progress, SessionState.Reset, cancellation).ConfigureAwait(false);
        await RecordEndAsync(migration, "applied", startedAt, cancellation).ConfigureAwait(false);
        progress.Complete();
        return ApplyOutcome.Completed;
    }

    // Nothing when the migration is this runner's now.
    private async Task<ApplyOutcome?> ClaimAsync(Migration migration, CancellationToken cancellation)
    {
        try
        {
            await ExecuteAsync(history.Claim, cancellation, migration.Name, migration.Checksum, migration.Rollback, "running").ConfigureAwait(false);
            return null;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await LostClaim.ExplainAsync(connection, history, migration, exception, cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw StatementErrors.Translate(exception, new CommandOrigin(migration, CommandPurpose.Claim), config, "");
        }
    }

    // A statement of the migration, or its entry in the journal: the role and the settings that the file chose hold for that too.
    private async Task RunAsync(CommandOrigin origin, int done, long startedAt, string sql, CancellationToken cancellation, params object?[] parameters)
    {
        var (migration, statement) = (origin.Migration, origin.Statement!);
        try
        {
            await ExecuteAsync(sql, cancellation, parameters).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            await EndFailedAsync(migration, startedAt).ConfigureAwait(false);
            throw StatementErrors.Translate(exception, origin, config, Standing(done));
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            await EndFailedAsync(migration, startedAt).ConfigureAwait(false);
            throw Errors.CommandTimeout(new SourceLocation(migration.Path, statement.Line, statement.Column), config.Settings.CommandTimeout, Standing(done), exception);
        }
        catch (OperationCanceledException)
        {
            await EndFailedAsync(migration, startedAt).ConfigureAwait(false);
            throw;
        }
    }

    private static string Standing(int done) => done switch
    {
        0 => "No statement of the migration was completed.",
        1 => "It runs outside a transaction: its first statement stands.",
        _ => $"It runs outside a transaction: its first {done} statements stand, but for those of a transaction that the file itself had open.",
    };

    // Must be recorded even when the user cancels: the next run relies on it.
    private async Task EndFailedAsync(Migration migration, long startedAt)
    {
        progress.FailedIn(migration);
        try
        {
            await SessionState.RunMutedAsync(connection, progress, ["ROLLBACK", .. SessionState.Reset], CancellationToken.None).ConfigureAwait(false);
            await RecordEndAsync(migration, "failed", startedAt, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // Without a connection, or on a full disk, the row goes on saying «running», and the next run finds that nobody does.
        }
    }

    private Task RecordEndAsync(Migration migration, string status, long startedAt, CancellationToken cancellation) =>
        ExecuteAsync(history.RecordEnd, cancellation, migration.Name, status, (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        // Outside a transaction no setting is certain to hold behind a pooler: the limit is the client's, which stops the statement too.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Math.Ceiling(config.Settings.CommandTimeout.TotalSeconds) };
        await using var disposal = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(parameter));
        }

        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
