using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Creates the history table, or completes one that an earlier tool left with fewer columns; all in one transaction under the
/// run lock, so that of several first runs one does it and the others find it done. It takes two round trips.
/// </summary>
internal sealed class HistorySetup(PostgreSqlScriptSession session)
{
    /// <summary>What there is of the table, and of its schema.</summary>
    private sealed record Shape(bool HasSchema, HistoryShape Table);

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
    /// Creates the table ahead of a first run, in its own stream. That fails where there turns out to be one, or where more than
    /// the table is missing: <see cref="RunAsync"/> then finds out.
    /// </summary>
    /// <param name="session">The session.</param>
    public static IEnumerable<FrameCommand> Commands(PostgreSqlScriptSession session) =>
    [
        Setup(SessionState.BeginFresh),
        Setup($"SET LOCAL lock_timeout = {SessionState.LockTimeout(session.Config)}"),
        new FrameCommand(session.History.TakeLock, CommandPurpose.Lock),
        Setup(session.History.Create),
        Setup(session.History.Access.CloseNew),
        // The run's last commit waits for the disk; a table that is lost without any of it was empty.
        Setup("SET LOCAL synchronous_commit = off"),
        Setup("COMMIT"),
    ];

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

    private static FrameCommand Setup(string text) => new(text, CommandPurpose.Setup);

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
        var isNew = shape.Table.Columns.Count == 0;
        if (isNew && script is null)
        {
            return [.. shape.HasSchema ? Array.Empty<string>() : [session.History.CreateSchema], session.History.Create, session.History.Access.CloseNew];
        }

        var changes = session.History.Completion(isNew ? (await CreateByScriptAsync(script!, cancellation).ConfigureAwait(false)).Table : shape.Table);

        // Once in the life of a table: who is let in after that is let in on purpose.
        return isNew || changes.Count > 0 ? [.. changes, session.History.Access.CloseExisting] : changes;
    }

    private async Task<Shape> CreateByScriptAsync(Migration script, CancellationToken cancellation)
    {
        session.Progress.Start(script);
        var unit = new ScriptUnit(new MigrationStep(script));
        var batch = session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        try
        {
            foreach (var statement in script.ReadStatements())
            {
                await batch.AddStatementAsync(new Command(unit, CommandPurpose.Statement, statement.Text) { Statement = statement }, cancellation).ConfigureAwait(false);
            }

            foreach (var reset in SessionState.Reset)
            {
                batch.Add(new Command(unit, CommandPurpose.Frame, reset));
            }

            await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.CommandOf(exception) is { } command)
        {
            throw StatementErrors.Translate(exception, command, session.Config, Consequence.RolledBack);
        }

        var shape = await AskShapeAsync(cancellation).ConfigureAwait(false);
        return shape.Table.IsOurs ? shape : throw Errors.HistoryNotCreated(script.Path, session.History.Name.ToString());
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
            foreach (var record in new[] { session.History.Claim(script, HistoryStatus.Applied), session.History.Complete(script.Name, default) })
            {
                batch.BatchCommands.Add(PostgreSqlParameter.CommandOf(record));
            }
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

    private NpgsqlBatchCommand ShapeCommand() => PostgreSqlParameter.CommandOf(session.History.SelectShape);

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
        var hasSchema = false;
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add([reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetBoolean(1)]);
            hasSchema = reader.GetBoolean(2);
        }

        // Reads to the end, where a failure of what follows would show.
        await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        return new Shape(hasSchema, HistoryShape.Read(rows));
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
