using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Runs one script outside a transaction, statement by statement. Its row says so before the first statement and counts the
/// statements that stand; a transaction that the script opens itself carries that count with it.
/// </summary>
internal abstract class SequentialRun<TScript>(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress, CopyImport copies)
    where TScript : MigrationScript
{
    protected NpgsqlConnection Connection { get; } = connection;

    protected PostgreSqlConfig Config { get; } = config;

    protected PostgreSqlHistory History { get; } = history;

    public async Task<ApplyOutcome> RunAsync(TScript script, CancellationToken cancellation)
    {
        if (await ClaimAsync(script, cancellation).ConfigureAwait(false) is { } lost)
        {
            return lost;
        }

        progress.Start(script);
        var done = 0;
        foreach (var statement in script.ReadStatements())
        {
            await RunAsync(script, new CommandOrigin(script, CommandPurpose.Statement, statement), done, statement.Text, cancellation).ConfigureAwait(false);
            done++;

            // Right after BEGIN nothing may run yet: SET TRANSACTION must come first.
            if (statement.Kind != StatementKind.TransactionStart)
            {
                await RunAsync(script, new CommandOrigin(script, CommandPurpose.Frame, statement), done, History.RecordProgress, cancellation, script.Name, done).ConfigureAwait(false);
            }
        }

        await SessionState.RunMutedAsync(Connection, progress, SessionState.Reset, cancellation).ConfigureAwait(false);
        await RecordDoneAsync(script, cancellation).ConfigureAwait(false);
        progress.Complete();
        return ApplyOutcome.Completed;
    }

    /// <summary>Makes the work this runner's.</summary>
    /// <returns>Nothing when it is; else how the run ends.</returns>
    protected abstract Task<ApplyOutcome?> ClaimAsync(TScript script, CancellationToken cancellation);

    /// <summary>Records that all statements stand.</summary>
    protected abstract Task RecordDoneAsync(TScript script, CancellationToken cancellation);

    /// <summary>Records that the script stopped after so many statements.</summary>
    protected abstract Task RecordFailedAsync(TScript script, int done);

    /// <summary>Says what stands after so many statements.</summary>
    protected abstract string Standing(int done);

    protected async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object?[] parameters)
    {
        // Outside a transaction no setting is certain to hold behind a pooler: the limit is the client's, which stops the statement too.
        var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = (int)Math.Ceiling(Config.Settings.CommandTimeout.TotalSeconds) };
        await using var disposal = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(parameter));
        }

        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    // A statement of the script, or its entry in the journal: the role and the settings that the script chose hold for that too.
    private async Task RunAsync(TScript script, CommandOrigin origin, int done, string sql, CancellationToken cancellation, params object?[] parameters)
    {
        try
        {
            var execution = origin is { Purpose: CommandPurpose.Statement, Statement.Rows: not null } ? CopyAsync(origin.Statement, cancellation) : ExecuteAsync(sql, cancellation, parameters);
            await execution.ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            await EndFailedAsync(script, done).ConfigureAwait(false);
            throw StatementErrors.Translate(exception, origin, Config, Standing(done));
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            await EndFailedAsync(script, done).ConfigureAwait(false);
            throw Errors.CommandTimeout(script.Locate(origin.Statement!.LocationOf(script.Location.File, 1)), Config.Settings.CommandTimeout, Standing(done), exception);
        }
        catch (OperationCanceledException)
        {
            await EndFailedAsync(script, done).ConfigureAwait(false);
            throw;
        }
    }

    // Limited as any other statement, and reported as Npgsql reports those.
    private async Task CopyAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Config.Settings.CommandTimeout > TimeSpan.Zero ? Config.Settings.CommandTimeout : Timeout.InfiniteTimeSpan);
        try
        {
            await copies.RunAsync(statement, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException("The rows took longer than the command timeout.", new TimeoutException(exception.Message, exception));
        }
    }

    // Must be recorded even when the user cancels: the next run relies on it.
    private async Task EndFailedAsync(TScript script, int done)
    {
        progress.FailedIn(script);
        try
        {
            await SessionState.RunMutedAsync(Connection, progress, ["ROLLBACK", .. SessionState.Reset], CancellationToken.None).ConfigureAwait(false);
            await RecordFailedAsync(script, done).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // Without a connection, or on a full disk, the row goes on saying that it runs, and the next run finds that nobody does.
        }
    }
}
