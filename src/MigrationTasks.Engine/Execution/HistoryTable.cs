using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>Creates, completes and changes the history of a database that takes changes of its schema back, in the transaction that is open.</summary>
/// <param name="session">Where.</param>
internal sealed class HistoryTable(ScriptSession session)
{
    private readonly SqlHistory _history = session.Language.History;

    /// <summary>Creates or completes the table; whatever another run did in the meantime is left as it is.</summary>
    /// <param name="script">The migration that creates the table, which is then recorded as applied; <see langword="null"/> when there is none.</param>
    /// <param name="consequence">What becomes of that migration when it fails.</param>
    /// <param name="starts">Is told when that migration runs.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether the migration ran.</returns>
    /// <exception cref="MigrationException">MIG3001, MIG3007, MIG3009, or MIG4005 when the script fails.</exception>
    public async Task<bool> EnsureAsync(Migration? script, string consequence, Action<Migration> starts, CancellationToken cancellation)
    {
        var shape = await ReadShapeAsync(cancellation).ConfigureAwait(false);
        if (shape.Columns.Count > 0 || script is null)
        {
            await CompleteAsync(shape, cancellation).ConfigureAwait(false);
            return false;
        }

        var startedAt = Stopwatch.GetTimestamp();
        starts(script);
        await CompleteAsync(await CreateAsync(script, consequence, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_history.Claim(script, HistoryStatus.Applied), cancellation).ConfigureAwait(false);
        await session.ExecuteAsync(_history.Complete(script.Name, Stopwatch.GetElapsedTime(startedAt)), cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Creates the table by a migration, but does not complete it.</summary>
    /// <returns>What there is of it.</returns>
    public async Task<HistoryShape> CreateAsync(Migration script, string consequence, CancellationToken cancellation)
    {
        var unit = new ScriptUnit(new MigrationStep(script));
        foreach (var statement in script.ReadStatements())
        {
            var command = new Command(unit, CommandPurpose.Statement, statement.Text) { Statement = statement };
            try
            {
                await session.SendAsync([command], Unheard.Instance, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (session.Judge(exception, command) is { } failure)
            {
                throw await session.ReportAsync(failure, consequence).ConfigureAwait(false);
            }
        }

        var shape = await ReadShapeAsync(cancellation).ConfigureAwait(false);
        return shape.IsOurs ? shape : throw Errors.HistoryNotCreated(script.Path, _history.Name.ToString());
    }

    /// <summary>Reads what there is of the table.</summary>
    public async Task<HistoryShape> ReadShapeAsync(CancellationToken cancellation) =>
        HistoryShape.Read((await session.QueryAsync(_history.SelectShape, cancellation).ConfigureAwait(false)).Rows);

    /// <summary>Changes rows, each only while it is as it was read.</summary>
    /// <exception cref="MigrationException">MIG3021 when one is not; MIG3007 when a constraint refuses one.</exception>
    public async Task ChangeAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        var now = await session.QueryAsync(new SqlText(session.Language.SelectForClaim), cancellation).ConfigureAwait(false);
        HistoryChange.Check(changes, HistorySchema.Read(_history.Name, now.Columns, now.Rows));
        foreach (var change in changes.Where(change => change.After is null || change.Values.Count > 0))
        {
            try
            {
                await session.ExecuteAsync(_history.Edit(change), cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (session.Judge(exception, null) is { Kind: FailureKind.ClaimConflict } failure)
            {
                throw Errors.HistoryUnusable(_history.Name.ToString(), $"it does not take a row: {failure.Problem} Remove that constraint, or give its columns a default.", exception);
            }
        }
    }

    private async Task CompleteAsync(HistoryShape shape, CancellationToken cancellation)
    {
        if (shape is { IsUnique: false, IsOurs: true })
        {
            var twice = (await session.QueryAsync(new SqlText(_history.SelectDouble), cancellation).ConfigureAwait(false)).Rows;
            if (twice.Count > 0)
            {
                throw Errors.HistoryUnusable(_history.Name.ToString(), $"it has more than one row for {string.Join(", ", twice.Select(row => row[0]))}. Delete all but one of each, and run again.");
            }
        }

        foreach (var statement in _history.Completion(shape))
        {
            try
            {
                await session.ExecuteAsync(new SqlText(statement), cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (shape.IsOurs && session.Judge(exception, null) is { Kind: FailureKind.Refused } failure)
            {
                throw Errors.HistoryUnusable(_history.Name.ToString(), $"it cannot be completed. {failure.Problem}", exception);
            }
        }
    }

    private sealed class Unheard : ICommandProgress
    {
        public static readonly Unheard Instance = new();

        public void Done(Command command, int changed)
        {
        }

        public void Done(Command command, SqlRows rows)
        {
        }
    }
}
