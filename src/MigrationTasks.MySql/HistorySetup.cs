using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Creates the history table, or completes one that an earlier tool left with fewer columns; all under the run lock, so that of
/// several first runs one does it and the others find it done.
/// </summary>
internal sealed class HistorySetup(WorkSession session)
{
    /// <summary>What there is of the table.</summary>
    private sealed record Shape(bool IsUnique, IReadOnlyList<string> Columns);

    /// <param name="script">The migration that creates the table, or <see langword="null"/>.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <exception cref="MigrationException">MIG3001, MIG3007, MIG3008, MIG3009, MIG4010, MIG4013, or MIG4005 when the script fails.</exception>
    public async Task RunAsync(Migration? script, CancellationToken cancellation)
    {
        await session.BeginAsync(session.History.LockName, cancellation).ConfigureAwait(false);
        try
        {
            var shape = await ReadShapeAsync(cancellation).ConfigureAwait(false);
            var runsScript = shape.Columns.Count == 0 && script is not null;
            if (runsScript)
            {
                await CreateByScriptAsync(script!, cancellation).ConfigureAwait(false);
                shape = await ReadShapeAsync(cancellation).ConfigureAwait(false);
                if (!shape.Columns.Contains(HistorySchema.Name, StringComparer.OrdinalIgnoreCase))
                {
                    throw Errors.HistoryNotCreated(script!.Path, session.History.Name.ToString());
                }
            }

            string[] record = runsScript ? [SessionState.ForRecord, session.History.Claim(script!, HistoryStatus.Applied), session.History.RecordApplied(script!.Name, script)] : [];
            foreach (var change in Changes(shape).Concat(record))
            {
                await MySqlRows.ExecuteAsync(session.Connection, string.Join("; ", [.. session.Lease.Fence, change]), cancellation).ConfigureAwait(false);
            }

            if (runsScript)
            {
                session.Complete(leavesNothing: false);
            }
        }
        catch (MySqlException exception) when (!ServerErrors.IsConnectionLoss(exception) && !session.Lease.IsLost(exception))
        {
            session.Progress.Abandon();
            throw Translate(exception);
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            session.Progress.Abandon();
            throw;
        }
    }

    /// <summary>Reads what makes the table complete, as statements; changes nothing.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3001 when the table is another tool's.</exception>
    public async Task<IReadOnlyList<string>> ReadChangesAsync(CancellationToken cancellation) =>
        Changes(await ReadShapeAsync(cancellation).ConfigureAwait(false));

    private IReadOnlyList<string> Changes(Shape shape)
    {
        if (shape.Columns.Count == 0)
        {
            return [session.History.Create];
        }

        if (!shape.Columns.Contains(HistorySchema.Name, StringComparer.OrdinalIgnoreCase))
        {
            // Another tool created its table since the history was read.
            HistorySchema.Read(session.History.Name, shape.Columns, []);
        }

        var missing = HistorySchema.Columns.Except(shape.Columns, StringComparer.OrdinalIgnoreCase).ToList();
        return [.. missing.Count > 0 ? [session.History.AddColumns(missing)] : Array.Empty<string>(), .. shape.IsUnique ? Array.Empty<string>() : [session.History.AddUnique]];
    }

    private async Task CreateByScriptAsync(Migration script, CancellationToken cancellation)
    {
        session.Start(script);
        var standing = 0;
        var batch = session.CreateBatch(origin => standing += origin.Purpose == CommandPurpose.Statement ? 1 : 0);
        batch.Add(new CommandOrigin(script, CommandPurpose.Record), [SessionState.ForClaim(session.Config), SessionState.ForStatements(script, session.Config), .. session.Lease.Fence]);
        foreach (var statement in script.ReadStatements())
        {
            batch.Add(new CommandOrigin(script, CommandPurpose.Statement, statement), statement);
        }

        try
        {
            await batch.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (CommandFailure failure) when (!session.Lease.IsLost(failure))
        {
            throw StatementErrors.Translate(failure.Refusal, failure.Origin, session.Config, standing == 0
                ? "Nothing of the migration was applied."
                : $"{(standing == 1 ? "Its first statement was applied" : $"Its first {standing} statements were applied")}, because this database commits each of them, and there is no history yet that could record it: undo {(standing == 1 ? "it" : "them")} by hand before you run again.");
        }
    }

    private async Task<Shape> ReadShapeAsync(CancellationToken cancellation)
    {
        var (_, rows) = await MySqlRows.ReadAsync(session.Connection, $"{SessionState.ForRecord}; {session.History.SelectShape}", cancellation).ConfigureAwait(false);
        return new Shape(
            rows.Any(row => Convert.ToInt64(row[1], System.Globalization.CultureInfo.InvariantCulture) != 0),
            [.. rows.Select(row => (string)row[0]!)]);
    }

    private MigrationException Translate(MySqlException exception) => exception.ErrorCode switch
    {
        MySqlErrorCode.LockWaitTimeout => Errors.LockTimeout(session.Config.Target, session.Config.Settings.LockTimeout),
        MySqlErrorCode.DuplicateKeyEntry => Errors.HistoryUnusable(session.History.Name.ToString(), $"{HistorySchema.Name} holds the same name twice, but must be unique. Delete the double rows and run again.", exception),
        _ => ServerErrors.ForOwn(exception, session.Config, $"creating the history {session.History.Name}"),
    };
}
