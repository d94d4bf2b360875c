using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>The session in which scripts run one after the other, none of which finds anything that another left there.</summary>
/// <param name="connection">Its connection.</param>
/// <param name="config">The database.</param>
/// <param name="history">The history.</param>
/// <param name="observer">Watches.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class MySqlScriptSession(MySqlConnection connection, MySqlConfig config, MySqlHistory history, IRunObserver observer, CancellationToken cancellation) : ScriptSession(config, observer)
{
    // What travels together is as long as this, or one statement.
    private const int LongestPiece = 256 * 1024;

    // To a server that is not told to keep the tables of a transaction, they are gone with it.
    private const int NotRolledBack = 1196;

    // Then another runner gets its turn, which would else give up in the end.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private string? _lock;
    private long _lockedAt;
    private bool _isFresh;
    private bool _leavesNothing;
    private LockWatch? _watch;

    public MySqlConnection Connection => connection;

    public new MySqlConfig Config => config;

    public MySqlHistory History => history;

    /// <summary>What it works under in a cluster.</summary>
    public SessionLease Lease { get; } = new(cancellation);

    public override CommandLanguage Language => field ??= new MySqlCommands(config, history, Lease);

    public override CancellationToken Stopping => Lease.Stop;

    public override int ServerSession => connection.ServerThread;

    internal override LockWatch? Watch => _watch;

    /// <summary>
    /// Makes the session as it is after connecting, and takes a lock for it; nothing needs to be done where the script before has
    /// left nothing in it, and had the same lock.
    /// </summary>
    /// <exception cref="MigrationException">MIG3008 when another runner holds the lock for too long.</exception>
    public async Task BeginAsync(string lockName, CancellationToken cancellation)
    {
        var goesOn = _isFresh && _lock == lockName && Stopwatch.GetElapsedTime(_lockedAt) < LongestTurn;
        _isFresh = false;
        if (!goesOn)
        {
            await EndAsync(cancellation).ConfigureAwait(false);
            Lease.Begin(await RunLock.TakeAsync(connection, lockName, config, cancellation).ConfigureAwait(false));
            _lock = lockName;
            _lockedAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Makes the session as it is after connecting: without a lock, too.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        _lock = null;
        await connection.ResetConnectionAsync(cancellation).ConfigureAwait(false);
        await Lease.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Gives back what a reset of the session would not.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_watch is { } watch)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        if (Lease.IsHeld)
        {
            // A transaction that is still open may have the row of the lease.
            await TryRollBackAsync().ConfigureAwait(false);
        }

        await Lease.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>From here on, what scripts wait for is looked at.</summary>
    /// <param name="sight">Sees it.</param>
    public void WatchLocks(ILockSight sight) => _watch = new LockWatch(sight, Progress);

    /// <summary>Changes the history in it.</summary>
    /// <param name="action">What is done: "creating the history".</param>
    /// <param name="consequence">What it means when the lease is lost.</param>
    /// <param name="work">Does it; its token also ends when the lease is lost.</param>
    /// <exception cref="MigrationException">MIG4006, MIG4013 or MIG4021 when it fails.</exception>
    public async Task GuardAsync(string action, string consequence, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Lease.Stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MigrationException && Lease.IsLost(exception))
        {
            throw LeaseLost(Progress.Current?.Location ?? default, consequence);
        }
        catch (Exception exception) when (exception is MySqlException || ServerErrors.IsConnectionLoss(exception))
        {
            throw ServerErrors.ForOwn(exception, config, action);
        }
    }

    /// <summary>MIG4021: the lease is lost.</summary>
    /// <param name="location">Where the script is that was running.</param>
    /// <param name="consequence">What became of it.</param>
    private MigrationException LeaseLost(SourceLocation location, string consequence) => Errors.RunLockLost(
        location,
        config.Target,
        Lease.Problem,
        $"{consequence} {Progress.Completed} {(Progress.Completed == 1 ? "migration was" : "migrations were")} completed by this run before that, each of them completely.".TrimStart());

    public override Task<IAsyncDisposable> OpenAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        _leavesNothing = unit.Resume is null;
        return OpenAsync();

        async Task<IAsyncDisposable> OpenAsync()
        {
            await BeginAsync(unit.IsTransactional ? History.LockName : History.RunLockName, cancellation).ConfigureAwait(false);
            return Nothing;
        }
    }

    public override async Task SendAsync(IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation)
    {
        var batch = CreateBatch(progress);
        var claimsRow = false;
        foreach (var command in commands)
        {
            if (command.ReadsHistory || command.DemandsRow)
            {
                // What it finds decides whether the rest is sent.
                await batch.RunAsync(cancellation).ConfigureAwait(false);
                batch = CreateBatch(progress);
                await AskAsync(command, progress, cancellation).ConfigureAwait(false);
                claimsRow = true;
                continue;
            }

            batch.Add(command);
            _leavesNothing &= command is not { Purpose: CommandPurpose.Statement, Statement: { } statement } || StatementText.LeavesNothing(statement);
            if ((batch.Length > LongestPiece && (command.EndsStep || command.Unit.IsTransactional)) || (claimsRow && command.EndsStep))
            {
                await batch.RunAsync(cancellation).ConfigureAwait(false);
                batch = CreateBatch(progress);
                claimsRow = false;
            }
        }

        await batch.RunAsync(cancellation).ConfigureAwait(false);
        _isFresh = _leavesNothing;
    }

    public override Task<int> ExecuteAsync(SqlText statement, CancellationToken cancellation) => MySqlRows.ExecuteAsync(connection, statement.Text, cancellation);

    public override async Task<SqlRows> QueryAsync(SqlText query, CancellationToken cancellation)
    {
        var (columns, rows) = await MySqlRows.ReadAsync(connection, query.Text, cancellation).ConfigureAwait(false);
        return new SqlRows(columns, rows);
    }

    // A procedure or a trigger may have ended the transaction, and some tables know none.
    public override async Task<string> RollBackAsync(ScriptUnit? unit, string consequence)
    {
        _isFresh = false;
        try
        {
            await RollBackAsync(CancellationToken.None).ConfigureAwait(false);
            if (unit is not { IsTransactional: true })
            {
                return consequence;
            }

            var (_, warnings) = await MySqlRows.ReadAsync(connection, "SHOW WARNINGS", CancellationToken.None).ConfigureAwait(false);
            return warnings.Any(warning => Convert.ToInt32(warning[1], CultureInfo.InvariantCulture) == NotRolledBack)
                ? $"{consequence} But some of its tables know no transactions (their engine is not InnoDB): what it did to those stays, and would be done again."
                : consequence;
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception) || exception is MySqlException)
        {
            // A broken connection has rolled back by itself, and what broke it is reported.
            return consequence;
        }
    }

    public override DatabaseFailure? Judge(Exception exception, Command? command)
    {
        var problem = exception is MySqlException said ? ServerErrors.Describe(said) : "";
        var location = exception is MySqlException refusal && command is not null ? StatementErrors.LocationOf(refusal, command) : Progress.Current?.Location ?? default;
        return exception switch
        {
            MigrationException => null,
            _ when Lease.IsLost(exception) || (exception is MySqlException refused && command?.Purpose != CommandPurpose.Statement && Lease.IsRefused(refused)) => new(FailureKind.RunLockLost, exception, command, Lease.Problem, location),
            OperationCanceledException => new(FailureKind.Cancelled, exception, command, "", location) { LeavesDoubt = true },
            _ when ServerErrors.IsConnectionLoss(exception) && !IsLocal(exception, command) => new(FailureKind.ConnectionLost, exception, command, ServerErrors.Reason(exception), location),
            MySqlException server => new(KindOf(server, command), exception, command, problem, location)
            {
                // It may have come to its end right before it was stopped.
                LeavesDoubt = server.ErrorCode is MySqlErrorCode.QueryInterrupted or MySqlErrorCode.CommandTimeoutExpired,
            },
            _ => null,
        };
    }

    public override Task<MigrationException> ReportAsync(DatabaseFailure failure, string consequence) => Task.FromResult(failure switch
    {
        { Kind: FailureKind.RunLockLost } => LeaseLost(failure.Location, failure.Command?.Unit.IsTransactional == true && !Lease.IsRefused(failure.Cause) ? "Its transaction was rolled back, unless it was just being committed: -t:MigrateStatus tells." : consequence),
        { Command: { } command, Cause: MySqlException refusal } => StatementErrors.Translate(refusal, command, config, consequence),
        _ => ServerErrors.ForOwn(failure.Cause, config, "recording what was done"),
    });

    public override string ReasonOfRefusal(ScriptUnit unit, DatabaseFailure? failure) => failure is null
        ? base.ReasonOfRefusal(unit, failure)
        : $"one of its keys refuses a row for {unit.Script.Name}: {failure.Problem} Remove that key and run again.";

    public override Task<string?> FindEffectAsync(ScriptUnit unit, ScriptStatement statement, bool isSameFile, CancellationToken cancellation) =>
        new InterruptedStatement(connection).FindResultAsync(statement, isSameFile, cancellation);

    // Whoever makes the plan anew may have to wait for the lock that the session still has.
    public override Task YieldAsync() => EndAsync(CancellationToken.None);

    /// <summary>A batch whose statements' warnings are told.</summary>
    /// <param name="progress">Is told what is done.</param>
    public CommandBatch CreateBatch(ICommandProgress? progress) => new(connection, config.Settings.CommandTimeout, (command, messages) =>
    {
        foreach (var message in messages)
        {
            Tell(command, message);
        }

        progress?.Done(command);
    });

    /// <summary>Rolls back what is open.</summary>
    public Task RollBackAsync(CancellationToken cancellation) => MySqlRows.ExecuteAsync(connection, SessionState.RollBack, cancellation);

    private async Task AskAsync(Command command, ICommandProgress progress, CancellationToken cancellation)
    {
        try
        {
            if (command.ReadsHistory)
            {
                progress.Done(command, await QueryAsync(new SqlText(command.Text), cancellation).ConfigureAwait(false));
            }
            else
            {
                progress.Done(command, await MySqlRows.ExecuteAsync(connection, command.Text, cancellation).ConfigureAwait(false));
            }
        }
        catch (MySqlException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw new CommandException(command, exception);
        }
    }

    // The driver could not read a file of this machine.
    private static bool IsLocal(Exception exception, Command? command) =>
        exception is MySqlException { SqlState: null, InnerException: not (null or EndOfStreamException) } && command is { Purpose: CommandPurpose.Statement, Statement: { } statement } && StatementText.TravelsAlone(statement);

    private static FailureKind KindOf(MySqlException refusal, Command? command) => (command?.Purpose, refusal.ErrorCode) switch
    {
        (CommandPurpose.Claim, MySqlErrorCode.LockWaitTimeout) => FailureKind.RunLockTimeout,
        (CommandPurpose.Claim, MySqlErrorCode.DuplicateKeyEntry) => FailureKind.ClaimConflict,
        (CommandPurpose.Entry or CommandPurpose.Record, MySqlErrorCode.NoSuchTable) => FailureKind.NoHistory,

        // What runs other statements may have done a part already; a transaction has taken that back.
        _ when !ServerErrors.MayPass(refusal) || command is { Place: not null, Statement: { } statement } && !StatementText.IsWhole(statement) => FailureKind.Refused,
        (_, MySqlErrorCode.LockWaitTimeout) => FailureKind.LockTimeout,
        _ => FailureKind.MayPass,
    };

    private async Task TryRollBackAsync()
    {
        try
        {
            await RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MySqlException || ServerErrors.IsConnectionLoss(exception))
        {
            // It goes with its connection.
        }
    }

    private void Tell(Command command, ServerMessage message)
    {
        var text = PlainText.Of(message.ToString());
        if (message.Level == "Note")
        {
            Observer.Noticed(command.Unit.Script, text);
        }
        else
        {
            var script = command.Unit.Script;
            Observer.Warned(Errors.ServerWarning(script.Locate(command.Statement!.LocationOf(script.Location.File, 1)), text));
        }
    }
}
