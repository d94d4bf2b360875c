using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Creates the history table, or completes one that an earlier tool left with fewer columns; all under the run lock, so that of
/// several first runs one does it and the others find it done.
/// </summary>
internal sealed class HistorySetup(MySqlScriptSession session)
{
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
                if (!shape.IsOurs)
                {
                    throw Errors.HistoryNotCreated(script!.Path, session.History.Name.ToString());
                }
            }

            string[] record = runsScript ? [SessionState.ForRecord, session.History.Claim(script!, HistoryStatus.Applied).Text, session.History.Complete(script!.Name, default).Text] : [];
            foreach (var change in session.History.Completion(shape).Concat(record))
            {
                await MySqlRows.ExecuteAsync(session.Connection, string.Join("; ", [.. session.Lease.Fence, change]), cancellation).ConfigureAwait(false);
            }

            if (runsScript)
            {
                session.Progress.Complete();
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
        session.History.Completion(await ReadShapeAsync(cancellation).ConfigureAwait(false));

    private async Task CreateByScriptAsync(Migration script, CancellationToken cancellation)
    {
        session.Progress.Start(script, session.ServerSession);
        var unit = new ScriptUnit(new MigrationStep(script));
        var statements = new StatementCount();
        var batch = session.CreateBatch(statements);
        batch.Add(new Command(unit, CommandPurpose.Record, string.Join("; ", [SessionState.ForClaim(session.Config), SessionState.ForStatements(script, session.Config), .. session.Lease.Fence])));
        foreach (var statement in script.ReadStatements())
        {
            batch.Add(new Command(unit, CommandPurpose.Statement, statement.Text) { Statement = statement });
        }

        try
        {
            await batch.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (CommandException failure) when (failure.Cause is MySqlException && !session.Lease.IsLost(failure))
        {
            var standing = statements.Done;
            throw StatementErrors.Translate((MySqlException)failure.Cause, failure.Command, session.Config, standing == 0
                ? "Nothing of the migration was applied."
                : $"{(standing == 1 ? "Its first statement was applied" : $"Its first {standing} statements were applied")}, because this database commits each of them, and there is no history yet that could record it: undo {(standing == 1 ? "it" : "them")} by hand before you run again.");
        }
    }

    private async Task<HistoryShape> ReadShapeAsync(CancellationToken cancellation) => HistoryShape.Read(
        (await MySqlRows.ReadAsync(session.Connection, $"{SessionState.ForRecord}; {session.History.SelectShape.Text}", cancellation).ConfigureAwait(false)).Rows);

    private MigrationException Translate(MySqlException exception) => exception.ErrorCode switch
    {
        MySqlErrorCode.LockWaitTimeout => Errors.LockTimeout(session.Config.Target, session.Config.Settings.LockTimeout),
        MySqlErrorCode.DuplicateKeyEntry => Errors.HistoryUnusable(session.History.Name.ToString(), $"{HistorySchema.Name} holds the same name twice, but must be unique. Delete the double rows and run again.", exception),
        _ => ServerErrors.ForOwn(exception, session.Config, $"creating the history {session.History.Name}"),
    };

    private sealed class StatementCount : ICommandProgress
    {
        public int Done { get; private set; }

        void ICommandProgress.Done(Command command, int changed) => Done += command.Purpose == CommandPurpose.Statement ? 1 : 0;

        void ICommandProgress.Done(Command command, SqlRows rows) => throw new NotSupportedException();
    }
}
