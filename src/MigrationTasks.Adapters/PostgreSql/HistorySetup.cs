using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Creates the history table, or completes one that an earlier tool left with fewer columns; all in one transaction under the
/// run lock, so that of several first runs one does it and the others find it done.
/// </summary>
internal sealed class HistorySetup(PostgreSqlAdapter adapter, NpgsqlConnection connection, PostgreSqlHistory history, RunProgress progress)
{
    /// <exception cref="MigrationException">MIG3001, MIG3007, MIG3008, MIG3009, or MIG4005 when the script fails.</exception>
    public Task RunAsync(Migration? script, CancellationToken cancellation) => adapter.InTransactionAsync(
        async token =>
        {
            await adapter.LockTransactionAsync(token).ConfigureAwait(false);
            var columns = await ReadColumnsAsync(token).ConfigureAwait(false);
            if (columns.Count > 0)
            {
                await CompleteAsync(columns, token).ConfigureAwait(false);
            }
            else if (script is null)
            {
                await CreateAsync(token).ConfigureAwait(false);
            }
            else
            {
                await CreateByScriptAsync(script, token).ConfigureAwait(false);
            }
        },
        cancellation);

    private async Task CreateAsync(CancellationToken cancellation)
    {
        await CreateSchemaAsync(cancellation).ConfigureAwait(false);
        await adapter.ExecuteAsync(history.Create, cancellation).ConfigureAwait(false);
    }

    // CREATE SCHEMA IF NOT EXISTS asks for a right that is not needed when the schema is there.
    private async Task CreateSchemaAsync(CancellationToken cancellation)
    {
        if ((await adapter.QueryAsync(history.SelectSchema, cancellation).ConfigureAwait(false))[0][0] is false)
        {
            await adapter.ExecuteAsync(history.CreateSchema, cancellation).ConfigureAwait(false);
        }
    }

    private async Task CreateByScriptAsync(Migration script, CancellationToken cancellation)
    {
        progress.Start(script);
        var batch = new PostgreSqlBatch(connection);
        await using var disposal = batch.ConfigureAwait(false);
        try
        {
            foreach (var statement in script.ReadStatements())
            {
                batch.Add(new CommandOrigin(script, CommandPurpose.Statement, statement), statement.Text);
            }

            foreach (var reset in SessionState.Reset)
            {
                batch.Add(new CommandOrigin(script, CommandPurpose.Frame), reset);
            }

            await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
        {
            progress.FailedIn(script);
            throw StatementErrors.Translate(exception, origin, adapter.PostgreSqlConfig, "The migration was rolled back.");
        }

        var columns = await ReadColumnsAsync(cancellation).ConfigureAwait(false);
        if (!columns.Contains(HistorySchema.Name))
        {
            throw Errors.HistoryNotCreated(script.Path, history.Name.ToString());
        }

        await CompleteAsync(columns, cancellation).ConfigureAwait(false);
        batch.Add(new CommandOrigin(script, CommandPurpose.Claim), history.Claim, script.Name, script.Checksum, script.Rollback, "applied");
        batch.Add(new CommandOrigin(script, CommandPurpose.Frame), history.RecordDuration, script.Name);
        await batch.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task CompleteAsync(IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        if (!columns.Contains(HistorySchema.Name))
        {
            // Another tool created its table since the history was read.
            HistorySchema.Read(history.Name, columns, []);
        }

        var missing = HistorySchema.Columns.Except(columns).ToList();
        if (missing.Count > 0)
        {
            await adapter.ExecuteAsync(history.AddColumns(missing), cancellation).ConfigureAwait(false);
        }

        if ((await adapter.QueryAsync(history.SelectIsUnique, cancellation).ConfigureAwait(false))[0][0] is false)
        {
            await AddUniqueAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task AddUniqueAsync(CancellationToken cancellation)
    {
        try
        {
            await adapter.ExecuteAsync(history.AddUnique, cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Errors.HistoryUnusable(history.Name.ToString(), $"{HistorySchema.Name} holds the same name twice, but must be unique. Delete the double rows and run again.", exception);
        }
    }

    private async Task<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellation) =>
        [.. (await adapter.QueryAsync(history.SelectColumns, cancellation).ConfigureAwait(false)).Select(row => (string)row[0]!)];
}
