using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Creates the history table, or completes one that an earlier tool left with fewer columns; all in one transaction under the
/// run lock, so that of several first runs one does it and the others find it done. It takes two round trips.
/// </summary>
internal sealed class HistorySetup(WorkSession session)
{
    /// <summary>What there is of the table.</summary>
    private sealed record Shape(bool HasSchema, bool IsUnique, IReadOnlyList<string> Columns);

    /// <param name="script">The migration that creates the table, or <see langword="null"/>.</param>
    /// <param name="cancellation">Rolls back.</param>
    /// <exception cref="MigrationException">MIG3001, MIG3007, MIG3008, MIG3009, MIG4010, MIG4013, or MIG4005 when the script fails.</exception>
    public async Task RunAsync(Migration? script, CancellationToken cancellation)
    {
        try
        {
            var shape = await BeginAsync(cancellation).ConfigureAwait(false);
            await MakeAsync(await ChangesAsync(shape, script, cancellation).ConfigureAwait(false), script, cancellation, "COMMIT").ConfigureAwait(false);
            session.Progress.Complete();
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            await RollBackAsync().ConfigureAwait(false);
            throw Translate(exception);
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads what makes the table complete, as statements; changes nothing.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3001 when the table is another tool's.</exception>
    public async Task<IReadOnlyList<string>> ReadChangesAsync(CancellationToken cancellation) =>
        await ChangesAsync(await AskShapeAsync(cancellation).ConfigureAwait(false), null, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Creates the table ahead of a first run, in its own batch. That fails where there turns out to be one, or where more than
    /// the table is missing: <see cref="RunAsync"/> then finds out.
    /// </summary>
    /// <param name="batch">Where nothing is yet.</param>
    /// <param name="first">What runs first.</param>
    public void AddTo(PostgreSqlBatch batch, MigrationScript first)
    {
        var origin = new CommandOrigin(first, CommandPurpose.Setup);
        batch.Add(origin, SessionState.BeginFresh);
        batch.Add(origin, $"SET LOCAL lock_timeout = {SessionState.LockTimeout(session.Config)}");
        batch.Add(origin with { Purpose = CommandPurpose.Lock }, session.History.TakeLock);
        batch.Add(origin, session.History.Create);
        batch.Add(origin, session.History.Access.CloseNew);
        // The run's last commit waits for the disk; a table that is lost without any of it was empty.
        batch.Add(origin, "SET LOCAL synchronous_commit = off");
        batch.Add(origin, "COMMIT");
    }

    /// <summary>Does the same in the transaction that is open, and leaves it open.</summary>
    /// <param name="script">The migration that creates the table, or <see langword="null"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">As <see cref="RunAsync"/>.</exception>
    public async Task RehearseAsync(Migration? script, CancellationToken cancellation)
    {
        try
        {
            var changes = await ChangesAsync(await AskShapeAsync(cancellation).ConfigureAwait(false), script, cancellation).ConfigureAwait(false);
            await MakeAsync(changes, script, cancellation).ConfigureAwait(false);
            session.Progress.Abandon();
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw Translate(exception);
        }
    }

    private async Task<Shape> BeginAsync(CancellationToken cancellation)
    {
        var batch = session.Connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SessionState.BeginFresh));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {SessionState.LockTimeout(session.Config)}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(session.History.TakeLock));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL lock_timeout = DEFAULT"));
        batch.BatchCommands.Add(ShapeCommand());

        var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        return await ReadShapeAsync(reader, cancellation).ConfigureAwait(false);
    }

    // What makes the table complete, as statements.
    private async Task<IReadOnlyList<string>> ChangesAsync(Shape shape, Migration? script, CancellationToken cancellation)
    {
        if (shape.Columns.Count == 0 && script is null)
        {
            return [.. shape.HasSchema ? Array.Empty<string>() : [session.History.CreateSchema], session.History.Create, session.History.Access.CloseNew];
        }

        var isNew = shape.Columns.Count == 0;
        if (isNew)
        {
            shape = await CreateByScriptAsync(script!, cancellation).ConfigureAwait(false);
        }
        else if (!shape.Columns.Contains(HistorySchema.Name))
        {
            // Another tool created its table since the history was read.
            HistorySchema.Read(session.History.Name, shape.Columns, []);
        }

        var missing = HistorySchema.Columns.Except(shape.Columns).ToList();
        string[] changes = [.. missing.Count > 0 ? [session.History.AddColumns(missing)] : Array.Empty<string>(), .. shape.IsUnique ? Array.Empty<string>() : [session.History.AddUnique]];

        // Once in the life of a table: who is let in after that is let in on purpose.
        return isNew || changes.Length > 0 ? [.. changes, session.History.Access.CloseExisting] : changes;
    }

    private async Task<Shape> CreateByScriptAsync(Migration script, CancellationToken cancellation)
    {
        session.Progress.Start(script);
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        try
        {
            foreach (var statement in script.ReadStatements())
            {
                await batch.AddAsync(script, statement, cancellation).ConfigureAwait(false);
            }

            foreach (var reset in SessionState.Reset)
            {
                batch.Add(new CommandOrigin(script, CommandPurpose.Frame), reset);
            }

            await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
        {
            throw StatementErrors.Translate(exception, origin, session.Config, Consequence.RolledBack);
        }

        var shape = await AskShapeAsync(cancellation).ConfigureAwait(false);
        return shape.Columns.Contains(HistorySchema.Name) ? shape : throw Errors.HistoryNotCreated(script.Path, session.History.Name.ToString());
    }

    private async Task MakeAsync(IReadOnlyList<string> changes, Migration? script, CancellationToken cancellation, params IEnumerable<string> end)
    {
        var batch = session.Connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        foreach (var change in changes)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(change));
        }

        // Only when it ran: of several first runs, the others find the table and its row.
        if (script is not null && session.Progress.Current == script)
        {
            var claim = new NpgsqlBatchCommand(session.History.Claim);
            foreach (var value in PostgreSqlHistory.ClaimOf(script, "applied"))
            {
                claim.Parameters.Add(PostgreSqlParameter.Text(value));
            }

            var duration = new NpgsqlBatchCommand(session.History.RecordDuration);
            duration.Parameters.Add(PostgreSqlParameter.Text(script.Name));
            batch.BatchCommands.Add(claim);
            batch.BatchCommands.Add(duration);
        }

        foreach (var command in end)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private NpgsqlBatchCommand ShapeCommand()
    {
        var command = new NpgsqlBatchCommand(PostgreSqlHistory.SelectShape);
        command.Parameters.Add(PostgreSqlParameter.Text(session.History.Table));
        command.Parameters.Add(PostgreSqlParameter.Text(session.History.Schema));
        command.Parameters.Add(PostgreSqlParameter.Text(HistorySchema.Name));
        return command;
    }

    private async Task<Shape> AskShapeAsync(CancellationToken cancellation)
    {
        var batch = session.Connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(ShapeCommand());
        var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        return await ReadShapeAsync(reader, cancellation).ConfigureAwait(false);
    }

    private static async Task<Shape> ReadShapeAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var shape = new Shape(false, false, []);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var columns = reader.IsDBNull(2) ? shape.Columns : [.. shape.Columns, reader.GetString(2)];
            shape = new Shape(reader.GetBoolean(0), reader.GetBoolean(1), columns);
        }

        // Reads to the end, where a failure of what follows would show.
        await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        return shape;
    }

    private async Task RollBackAsync()
    {
        session.Progress.Abandon();
        try
        {
            await session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception) || exception is InvalidOperationException)
        {
            // A broken connection has rolled back by itself, and what broke it is reported already.
        }
    }

    private MigrationException Translate(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => Errors.LockTimeout(session.Config.Target, session.Config.Settings.LockTimeout),
        PostgresErrorCodes.UniqueViolation => Errors.HistoryUnusable(session.History.Name.ToString(), $"{HistorySchema.Name} holds the same name twice, but must be unique. Delete the double rows and run again.", exception),
        _ => ServerErrors.ForOwn(exception, session.Config, $"creating the history {session.History.Name}"),
    };
}
