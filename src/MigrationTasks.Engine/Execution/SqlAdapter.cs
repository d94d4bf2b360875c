using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>An adapter of a database that speaks SQL: scripts are run by the engine, in a session that the adapter opens.</summary>
/// <param name="config">How the database is reached.</param>
public abstract class SqlAdapter(DatabaseConfig config) : DatabaseAdapter(config)
{
    /// <summary>How the history is said.</summary>
    protected abstract SqlHistory History { get; }

    /// <summary>Whether there is no database yet: the first write creates it, so that looking at the status leaves nothing.</summary>
    protected virtual bool IsMissing => false;

    /// <inheritdoc/>
    public override async Task ExecuteAsync(string statement, CancellationToken cancellation) =>
        await AskAsync("a statement", session => session.ExecuteAsync(new SqlText(statement), cancellation)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation) =>
        AskAsync("a query", async session => (await session.QueryAsync(History.Say(query), cancellation).ConfigureAwait(false)).Rows);

    /// <inheritdoc/>
    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var isDone = false;
        await AskAsync("beginning a transaction", session => session.ExecuteAsync(new SqlText(session.Language.Begin), cancellation)).ConfigureAwait(false);
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await AskAsync("the commit", session => session.ExecuteAsync(new SqlText(session.Language.Commit), cancellation)).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            await (isDone ? Task.CompletedTask : AskAsync("the rollback", session => session.RollBackAsync(null, ""))).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) => IsMissing
        ? Task.FromResult(MigrationHistory.Absent(History.Name))
        : AskAsync("reading the history", async session =>
        {
            try
            {
                return await ReadAsync(session).ConfigureAwait(false);
            }
            catch (Exception exception) when (session.Judge(exception, null) is { Kind: FailureKind.Refused or FailureKind.NoHistory })
            {
                // Another run may have created the table since the query found none.
                var shape = await new HistoryTable(session).ReadShapeAsync(cancellation).ConfigureAwait(false);
                return shape.Columns.Count > 0 ? await ReadAsync(session).ConfigureAwait(false) : MigrationHistory.Absent(History.Name);
            }

            async Task<MigrationHistory> ReadAsync(ScriptSession session)
            {
                var found = await session.QueryAsync(new SqlText(History.Select), cancellation).ConfigureAwait(false);
                return HistorySchema.Read(History.Name, found.Columns, found.Rows);
            }
        });

    /// <inheritdoc/>
    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation) => EditHistoryAsync("creating the history table", observer, async session =>
    {
        var isRun = await new HistoryTable(session).EnsureAsync(script, Consequence.RolledBack, started => session.Progress.Start(started), cancellation).ConfigureAwait(false);
        return isRun ? session.Progress.Complete : () => { };
    }, cancellation);

    /// <inheritdoc/>
    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation) => EditHistoryAsync("changing the history", new Unobserved(), async session =>
    {
        await new HistoryTable(session).ChangeAsync(changes, cancellation).ConfigureAwait(false);
        return () => { };
    }, cancellation);

    /// <inheritdoc/>
    public override async Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(observer);
        var createsInStream = createsHistory && CreatesHistoryInStream && units[0].IsTransactional;
        if (createsHistory && !createsInStream)
        {
            await EnsureHistoryAsync(null, observer, cancellation).ConfigureAwait(false);
        }

        return await ScheduleAsync(() => RunInSessionAsync(units, createsInStream, observer, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Opens the session in which scripts are run.</summary>
    /// <param name="observer">Watches the run.</param>
    /// <param name="cancellation">Ends it.</param>
    protected abstract ScriptSession OpenSession(IRunObserver observer, CancellationToken cancellation);

    /// <summary>Whether a session creates the history by <see cref="ScriptSession.CreateHistory"/>, without a round trip of its own.</summary>
    protected virtual bool CreatesHistoryInStream => false;

    /// <summary>Reads the history after the connection broke, or a run on it was cancelled.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellation">Gives up.</param>
    protected virtual Task<MigrationHistory> ReadHistoryAgainAsync(ScriptSession session, CancellationToken cancellation) => ReadHistoryAsync(cancellation);

    /// <summary>Does work on whatever thread the database wants: one of its own where everything blocks.</summary>
    /// <param name="work">The work.</param>
    protected virtual Task<T> ScheduleAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work();
    }

    /// <summary>Does something in a session, and tells in the words of the product what the database has against it.</summary>
    /// <param name="action">What is done: "reading the history".</param>
    /// <param name="work">Does it.</param>
    protected Task<T> AskAsync<T>(string action, Func<ScriptSession, Task<T>> work) => ScheduleAsync(() => AskAsync(action, new Unobserved(), work));

    private async Task<T> AskAsync<T>(string action, IRunObserver observer, Func<ScriptSession, Task<T>> work)
    {
        var session = OpenSession(observer, CancellationToken.None);
        await using var closing = session.ConfigureAwait(false);
        try
        {
            return await work(session).ConfigureAwait(false);
        }
        catch (Exception exception) when (session.Judge(exception, null) is { } failure)
        {
            throw await session.ReportAsync(failure with { Action = action }, "").ConfigureAwait(false);
        }
    }

    private Task<bool> EditHistoryAsync(string action, IRunObserver observer, Func<ScriptSession, Task<Action>> edit, CancellationToken cancellation) => ScheduleAsync(() => AskAsync(action, observer, async session =>
    {
        var opened = await session.OpenHistoryAsync(cancellation).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        try
        {
            await session.ExecuteAsync(new SqlText(session.Language.Begin), cancellation).ConfigureAwait(false);
            var tell = await edit(session).ConfigureAwait(false);
            await session.ExecuteAsync(new SqlText(session.Language.Commit), cancellation).ConfigureAwait(false);
            tell();
            return true;
        }
        catch
        {
            await session.RollBackAsync(null, "").ConfigureAwait(false);
            throw;
        }
    }));

    private async Task<ApplyOutcome> RunInSessionAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        var session = OpenSession(observer, cancellation);
        await using var closing = session.ConfigureAwait(false);
        try
        {
            var outcome = await new ScriptExecutor(session).RunAsync(units, createsHistory, session.Stopping.CanBeCanceled ? session.Stopping : cancellation).ConfigureAwait(false);
            await (outcome == ApplyOutcome.Completed ? Task.CompletedTask : session.YieldAsync()).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception exception) when (session.Judge(exception, null) is { Kind: FailureKind.RunLockLost } lost)
        {
            // What the history says now may be another run's doing.
            throw await session.ReportAsync(lost, "").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is MigrationException && session.Progress.Current is not null))
        {
            // Cancelled, or a file changed since it was checked: what was under way has no end that the server told.
            await SettleAsync(units, session).ConfigureAwait(false);
            throw;
        }
        catch (Exception exception) when (session.Judge(exception, null) is { } failure)
        {
            if (failure.Kind != FailureKind.ConnectionLost)
            {
                throw await session.ReportAsync(failure, "").ConfigureAwait(false);
            }

            var location = session.Progress.Current?.Location ?? default;
            var standing = await SettleAsync(units, session).ConfigureAwait(false);
            throw Errors.ConnectionLost(location, Config.Target, failure.Problem, standing, exception, Settlement.NextOf(units));
        }
    }

    // Whatever happens to a run, its report must say neither more nor less than what is applied.
    private async Task<string> SettleAsync(IReadOnlyList<ScriptUnit> units, ScriptSession session) => session.MayLoseConnection
        ? await Settlement.FindAsync(
            units,
            stop => ReadHistoryAgainAsync(session, stop),
            session.Progress).ConfigureAwait(false)
        : "";
}
