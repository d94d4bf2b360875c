using System.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Runs scripts on the adapter's connection. Scripts in transactions travel in one stream of commands, so that a run costs a few round
/// trips however many there are; outside of transactions, each statement travels with its entry.
/// </summary>
internal class PostgreSqlScriptSession : ScriptSession
{
    private LockWatch? _watch;

    /// <param name="connections">Where its connection comes from.</param>
    /// <param name="config">The database.</param>
    /// <param name="history">The history.</param>
    /// <param name="observer">Watches the run.</param>
    public PostgreSqlScriptSession(PostgreSqlConnections connections, PostgreSqlConfig config, PostgreSqlHistory history, IRunObserver observer)
        : base(config, observer)
    {
        (Connection, Config, History, Progress) = (connections.Current, config, history, new RunProgress(observer));
        Copies = new CopyImport(Connection, connections.OpenAsync);
        Connection.Notice += Progress.OnNotice;
    }

    public NpgsqlConnection Connection { get; }

    public new PostgreSqlConfig Config { get; }

    public PostgreSqlHistory History { get; }

    public override CommandLanguage Language => Commands;

    public override bool Pipelines => true;

    internal override RunProgress Progress { get; }

    internal override LockWatch? Watch => _watch;

    /// <summary>Streams rows to the server.</summary>
    private CopyImport Copies { get; }

    /// <summary>How the run is said.</summary>
    protected virtual PostgreSqlCommands Commands => field ??= new PostgreSqlCommands(Config, History) { Progress = Progress };

    /// <summary>From here on, what scripts wait for is looked at.</summary>
    /// <param name="sight">Sees it.</param>
    public void WatchLocks(ILockSight sight) => _watch = new LockWatch(sight, Progress);

    /// <summary>A batch that commands travel in.</summary>
    public PostgreSqlBatch CreateBatch() => new(Connection, Copies);

    /// <summary>Ends an open transaction.</summary>
    public Task RollBackAsync(CancellationToken cancellation) => SessionState.RollBackAsync(Connection, Progress, cancellation);

    /// <summary>Runs housekeeping commands in one round trip; nobody is told what the server has to say to them.</summary>
    public Task RunMutedAsync(IEnumerable<string> commands, CancellationToken cancellation) => SessionState.RunMutedAsync(Connection, Progress, commands, cancellation);

    // Each script is in its own session behind a pooler; the lock of what runs outside transactions is on a connection of its own.
    public override async Task<IAsyncDisposable> OpenAsync(ScriptUnit unit, CancellationToken cancellation) =>
        unit.IsTransactional || Lock is null ? Nothing : await Lock(cancellation).ConfigureAwait(false);

    /// <summary>Takes the lock of what runs outside transactions.</summary>
    public Func<CancellationToken, Task<IAsyncDisposable>>? Lock { get; init; }

    public override async Task SendAsync(IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation)
    {
        var batch = CreateBatch();
        await using var closing = batch.ConfigureAwait(false);
        Commands.StartsBatch = true;
        try
        {
            await SendAsync(batch, commands, progress, cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.CommandOf(exception) is { } command)
        {
            throw new CommandException(command, exception);
        }
    }

    public override async Task<SqlRows> QueryAsync(SqlText query, CancellationToken cancellation)
    {
        // The table may be another tool's, with columns of any type, the database's own ones too: all of them have a text.
        var (columns, rows) = await PostgreSqlRows.ReadAsync(Connection, query.Text, [.. query.Values], asText: true, cancellation).ConfigureAwait(false);
        return new SqlRows(columns, rows);
    }

    public override async Task<string> RollBackAsync(ScriptUnit? unit, string consequence)
    {
        // Where nothing was committed there is nothing to flush, and a server that may only be read refuses to.
        var isFlushed = unit is { IsTransactional: true } && Progress.Completed > 0;
        await (isFlushed ? SessionState.RollBackAndFlushAsync(Connection, Progress, CancellationToken.None) : RollBackAsync(CancellationToken.None)).ConfigureAwait(false);
        return consequence;
    }

    public override Task AbandonAsync(ScriptUnit unit) => RunMutedAsync(["ROLLBACK", .. SessionState.Reset], CancellationToken.None);

    public override IEnumerable<FrameCommand> CreateHistory() => HistorySetup.Commands(this);

    public override Task EnsureHistoryAsync(CancellationToken cancellation) => new HistorySetup(this).RunAsync(null, cancellation);

    public override DatabaseFailure? Judge(Exception exception, Command? command) => exception switch
    {
        // Who hangs up on a server has no connection any more.
        _ when ServerErrors.IsConnectionLoss(exception) || (exception is InvalidOperationException && Connection.State != ConnectionState.Open) =>
            new(FailureKind.ConnectionLost, exception, command, ServerErrors.Reason(exception), Progress.Current?.Location ?? default),
        PostgresException refusal => JudgeRefusal(refusal, command),
        KeptIndex => new(FailureKind.Refused, exception, command, exception.Message, LocationOf(command!)),
        NpgsqlException => new(FailureKind.Refused, exception, command, ServerErrors.Reason(exception), command is { Statement: not null } ? LocationOf(command) : default),
        _ => null,
    };

    public override async Task<MigrationException> ReportAsync(DatabaseFailure failure, string consequence)
    {
        // A procedure or a block that commits by itself is no whole.
        if (failure.Command is { IsAlone: true, Statement: { Kind: StatementKind.Ordinary, CanShareTransaction: false } partial })
        {
            consequence = $"{consequence} What {partial.Summary} itself had committed by then stays too, and would be done twice.";
        }

        return failure switch
        {
            { Cause: KeptIndex kept } => Errors.InvalidIndexKept(failure.Location, kept.Message, consequence),
            { Command: { } command, Cause: PostgresException refusal } =>
                StatementErrors.Translate(refusal, command, Config, consequence, await StoppedStatement.IsOverTimeAsync(this, refusal, IsRehearsal).ConfigureAwait(false)),
            { Command.Statement: not null, Cause: NpgsqlException } => Errors.CommandTimeout(failure.Location, Config.Settings.CommandTimeout, consequence, failure.Cause),
            _ => ServerErrors.ForOwn(failure.Cause, Config, "recording what was done"),
        };
    }

    public override Task<MigrationException> ReportRunLockAsync() => RunLock.TimeoutAsync(Connection, History.LockKey, Config, CancellationToken.None);

    public override string ReasonOfRefusal(ScriptUnit unit, DatabaseFailure? failure) => failure?.Cause is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } refusal
        ? $"its constraint {refusal.ConstraintName} refuses a row for {unit.Script.Name}. Remove the constraint, or, when it is that of a numbered column, set the column's sequence after its last number (setval), and run again."
        : $"its row for {unit.Script.Name} cannot be changed. Remove the rule, trigger or policy that keeps it as it is, and run again.";

    public override Task<string?> FindEffectAsync(ScriptUnit unit, ScriptStatement statement, bool isSameFile, CancellationToken cancellation) =>
        new InterruptedStatement(this, unit.Script).FindResultAsync(statement, isSameFile, cancellation);

    public override async ValueTask DisposeAsync()
    {
        Connection.Notice -= Progress.OnNotice;
        if (_watch is { } watch)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    public override async Task<int> ExecuteAsync(SqlText statement, CancellationToken cancellation)
    {
        // Outside a transaction no setting is certain to hold behind a pooler: the limit is the client's, which stops the statement too.
        var command = new NpgsqlCommand(statement.Text, Connection) { CommandTimeout = (int)Math.Ceiling(Config.Settings.CommandTimeout.TotalSeconds) };
        await using var closing = command.ConfigureAwait(false);
        foreach (var value in statement.Values)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(value));
        }

        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether all of it is rolled back in the end.</summary>
    protected virtual bool IsRehearsal => false;

    private async Task SendAsync(PostgreSqlBatch batch, IEnumerable<Command> commands, ICommandProgress progress, CancellationToken cancellation)
    {
        List<Command> step = [];
        List<string> resets = [];
        foreach (var command in commands)
        {
            if (command.Purpose == CommandPurpose.Reset)
            {
                resets.Add(command.Text);
                continue;
            }

            if (resets.Count > 0)
            {
                await RunMutedAsync(resets, cancellation).ConfigureAwait(false);
                resets.Clear();
            }

            if (command.Unit.IsTransactional)
            {
                await (command.Purpose == CommandPurpose.Statement ? batch.AddStatementAsync(command, cancellation) : AddAsync(batch, command)).ConfigureAwait(false);
                if (batch.IsFull && command.Purpose == CommandPurpose.Commit)
                {
                    await batch.FlushAsync(cancellation).ConfigureAwait(false);
                }

                Commands.StartsBatch = batch.IsEmpty || command.Purpose == CommandPurpose.Setup;
                continue;
            }

            if (command is { Purpose: CommandPurpose.Statement, Place: not (EntryPlace.Together or EntryPlace.Ahead) })
            {
                // Right after a BEGIN of the script nothing else may run: SET TRANSACTION must come first.
                await ExecuteAsync(command, cancellation).ConfigureAwait(false);
                progress.Done(command);
                continue;
            }

            await (command.Purpose == CommandPurpose.Statement ? batch.AddStatementAsync(command, cancellation) : AddAsync(batch, command)).ConfigureAwait(false);
            step.Add(command);
            if (command.EndsStep)
            {
                var claimed = await batch.FlushAsync(cancellation).ConfigureAwait(false);
                foreach (var done in step)
                {
                    Heed(done);
                    progress.Done(done, done.Purpose == CommandPurpose.Claim ? claimed : -1);
                }

                step.Clear();
            }
        }

        await batch.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static Task AddAsync(PostgreSqlBatch batch, Command command)
    {
        batch.Add(command);
        return Task.CompletedTask;
    }

    // A statement in no transaction of ours.
    private async Task ExecuteAsync(Command command, CancellationToken cancellation)
    {
        var statement = command.Statement!;
        try
        {
            if (command.IsAlone)
            {
                await PrepareAloneAsync(command, statement, cancellation).ConfigureAwait(false);
            }

            await (statement.Rows is null ? ExecuteAsync(new SqlText(ClientEncoding.Keep(statement)), cancellation) : CopyAsync(statement, cancellation)).ConfigureAwait(false);
        }
        catch (PostgresException refusal) when (command.IsAlone && refusal.SqlState == PostgresErrorCodes.DuplicateTable)
        {
            await RefuseKeptAsync(command, isRefused: true, cancellation).ConfigureAwait(false);
            throw new CommandException(command, refusal);
        }
        catch (NpgsqlException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw new CommandException(command, exception);
        }

        if (command.IsAlone)
        {
            await RefuseKeptAsync(command, isRefused: false, cancellation).ConfigureAwait(false);
        }

        Heed(command);
    }

    private async Task PrepareAloneAsync(Command command, ScriptStatement statement, CancellationToken cancellation)
    {
        if (command.IsAgain)
        {
            await new IndexLeftovers(this, command.Unit.Script).ClearAsync(statement, cancellation).ConfigureAwait(false);
        }

        // Behind a pooler, nobody knows which process it runs in.
        Progress.MoveTo(Progress.Running?.Session == Connection.ProcessID ? Connection.ProcessID : 0);
    }

    private async Task RefuseKeptAsync(Command command, bool isRefused, CancellationToken cancellation)
    {
        if (await new IndexLeftovers(this, command.Unit.Script).FindKeptAsync(command.Statement!, isRefused, cancellation).ConfigureAwait(false) is { } kept)
        {
            throw new CommandException(command, new KeptIndex(kept));
        }
    }

    private void Heed(Command command)
    {
        if (command is { Purpose: CommandPurpose.Statement, Statement: { } statement })
        {
            Commands.Heed(statement);
        }
    }

    // Limited as any other statement, and reported as Npgsql reports those.
    private async Task CopyAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Config.Settings.CommandTimeout > TimeSpan.Zero ? Config.Settings.CommandTimeout : Timeout.InfiniteTimeSpan);
        try
        {
            await Copies.RunAsync(statement, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new NpgsqlException("The rows took longer than the command timeout.", new TimeoutException(exception.Message, exception));
        }
    }

    private static DatabaseFailure JudgeRefusal(PostgresException refusal, Command? command)
    {
        var kind = (command?.Purpose, refusal.SqlState) switch
        {
            (CommandPurpose.Lock, PostgresErrorCodes.LockNotAvailable) => FailureKind.RunLockTimeout,
            (CommandPurpose.Claim, PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DivisionByZero) => FailureKind.ClaimConflict,
            (CommandPurpose.Statement, PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination) when command!.Place == EntryPlace.Together => FailureKind.NeedsNoTransaction,
            (CommandPurpose.Record, PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName) when command!.Unit.Rollback is not null => FailureKind.NoHistory,
            (_, PostgresErrorCodes.LockNotAvailable) => FailureKind.LockTimeout,
            _ when ServerErrors.MayPass(refusal) => FailureKind.MayPass,
            _ => FailureKind.Refused,
        };
        return new DatabaseFailure(
            kind,
            refusal,
            command,
            ServerErrors.Describe(refusal.MessageText, refusal.SqlState, null, null),
            command is null ? default : StatementErrors.LocationOf(refusal, command))
        {
            MayRetry = command is null || command.Unit.IsTransactional || MayRetry(command),
        };
    }

    // What runs in a transaction of the script's own has been rolled back with all of that.
    private static bool MayRetry(Command command) => command switch
    {
        { Purpose: CommandPurpose.Statement, Place: not EntryPlace.Together } => command is { IsAlone: true, Statement.Kind: StatementKind.NeedsNoTransaction },
        _ => true,
    };

    private static SourceLocation LocationOf(Command command) =>
        command.Unit.Script.Locate(command.Statement!.LocationOf(command.Unit.Script.Location.File, 1));

    /// <summary>An index that a statement should have built is there already, and invalid.</summary>
    /// <param name="index">Its name.</param>
    private sealed class KeptIndex(string index) : Exception(index);
}
