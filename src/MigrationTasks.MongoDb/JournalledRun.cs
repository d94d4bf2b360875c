using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Runs a script outside a transaction, command by command. Its history row says so before the first of them, and after each how
/// many stand: together with it, where the server has transactions and the command allows one.
/// </summary>
/// <param name="run">What there is to work with.</param>
/// <param name="unit">What is run.</param>
/// <param name="hasTransactions">Whether the server has transactions.</param>
internal sealed class JournalledRun(MongoDbRun run, ScriptUnit unit, bool hasTransactions)
{
    private readonly MigrationScript _script = unit.Script;
    private readonly DateTimeOffset _createdAt = DateTimeOffset.UtcNow;

    // How many commands stand for certain; and whether the next one may stand too, or a part of it.
    private int _done;
    private bool _isUncertain;

    private MongoDbHistory History => run.History;

    private string Owner => run.Lease.Owner;

    /// <summary>Runs the script, unless another run was faster.</summary>
    public async Task<ApplyOutcome> RunAsync(CancellationToken cancellation)
    {
        try
        {
            if (!await ClaimAsync(cancellation).ConfigureAwait(false))
            {
                return ApplyOutcome.Superseded;
            }

            var startedAt = Stopwatch.GetTimestamp();
            run.Observer.Started(_script);
            await ExecuteAllAsync(cancellation).ConfigureAwait(false);
            Held(await Patience.ForAsync(stop => RecordDoneAsync(Stopwatch.GetElapsedTime(startedAt), stop), CancellationToken.None).ConfigureAwait(false));
            run.Observer.Completed(_script, Stopwatch.GetElapsedTime(startedAt));
            return ApplyOutcome.Completed;
        }
        catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
        {
            throw MongoDbErrors.ForOwn(exception, run.Config, $"recording {_script.Name}", _script.Location, ConsequenceOf(_done));
        }
    }

    private async Task<bool> ClaimAsync(CancellationToken cancellation) => unit switch
    {
        { Rollback: { } rollback } => rollback.IsNewestOf(await History.ReadAsync(cancellation).ConfigureAwait(false)) && await History.MarkUndoingAsync(unit.RowName, Owner, cancellation).ConfigureAwait(false),
        { Resume: { } resume } => await History.ResumeAsync(unit.Step!.Migration, resume.Row, Owner, cancellation).ConfigureAwait(false),
        _ => await History.ClaimAsync(unit.Step!, HistoryStatus.Running, Owner, cancellation).ConfigureAwait(false),
    };

    // Of a rollback, the checksum stays that of the migration.
    private Task<bool> RecordProgressAsync(int done, string checksum, CancellationToken cancellation) =>
        History.AdvanceAsync(unit.RowName, Owner, done, unit.Rollback is null ? checksum : null, cancellation);

    private Task<bool> RecordDoneAsync(TimeSpan duration, CancellationToken cancellation) => unit.Step is { } step
        ? History.FinishAsync(unit.RowName, Owner, step.Migration, _createdAt, duration, cancellation)
        : History.RemoveAsync(unit.RowName, Owner, cancellation);

    // Before the first command of a rollback, the migration is what it was.
    private Task<bool> RecordFailedAsync(int standing, CancellationToken cancellation) => unit.Rollback switch
    {
        null => History.EndAsync(unit.RowName, Owner, HistoryStatus.Failed, cancellation),
        _ when standing > 0 => History.EndAsync(unit.RowName, Owner, HistoryStatus.UndoFailed, cancellation),
        { Row: var row } => History.RestoreAsync(row, Owner, cancellation),
    };

    private string ConsequenceOf(int standing) => unit.ConsequenceOutside(standing, "command");

    private async Task ExecuteAllAsync(CancellationToken cancellation)
    {
        try
        {
            GoOn();
            foreach (var (index, (statement, checksum)) in _script.ReadWithChecksums().Index())
            {
                if (index == _done)
                {
                    await ExecuteAsync(statement, index + 1, checksum, cancellation).ConfigureAwait(false);
                    _done = index + 1;
                }
            }
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            // Where nobody knows whether the last command stands, the row goes on saying that it runs.
            if (!_isUncertain && exception is not MigrationException { Code: "MIG3011" or "MIG4021" } && !run.Lease.Lost.IsCancellationRequested)
            {
                await TryRecordFailureAsync().ConfigureAwait(false);
            }

            throw exception is MigrationException ? exception
                : run.Lease.Lost.IsCancellationRequested ? run.LockLost(_script.Location, ConsequenceOf(_done))
                : Errors.Cancelled(_script.Location, inTransaction: false);
        }
    }

    // What cannot be written down stays recorded as in work, which the next run goes into.
    private async Task TryRecordFailureAsync()
    {
        try
        {
            await Patience.ForAsync(stop => RecordFailedAsync(_done, stop), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
        {
            // Why the script failed is what the user is told.
        }
    }

    private void GoOn()
    {
        if (unit.Resume is { } resume)
        {
            _done = resume.StatementsDone;
            run.Observer.Resumed(_script, _done + 1, resume.Reason);
        }
    }

    private async Task ExecuteAsync(ScriptStatement statement, int number, string checksum, CancellationToken cancellation)
    {
        var place = MongoDbRun.PlaceOf(_script, statement);
        var command = MongoDbCommand.Read(statement.Text, place);
        var isAtomic = hasTransactions && !_script.RefusesTransaction && command.FitsTransaction;
        if (unit.Resume is { IsInterrupted: true } resume && number == resume.StatementsDone + 1 && !isAtomic && !command.IsRepeatable)
        {
            throw Uncertain(statement, place, number, checksum);
        }

        cancellation.ThrowIfCancellationRequested();
        try
        {
            if (isAtomic)
            {
                await run.Session.TransactAsync(stop => ExecuteTogetherAsync(statement, number, checksum, stop), cancellation).ConfigureAwait(false);
            }
            else
            {
                await run.ExecuteAsync(_script, statement, cancellation).ConfigureAwait(false);

                // What stands is written down, whoever has lost patience by now.
                Held(await Patience.ForAsync(stop => RecordProgressAsync(number, checksum, stop), CancellationToken.None).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (!isAtomic && !command.IsRepeatable)
        {
            _isUncertain = true;
            throw;
        }
        catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
        {
            _isUncertain = MongoDbErrors.IsConnectionLoss(exception) || (!isAtomic && !command.IsRepeatable && MongoDbErrors.MayStand(exception));
            throw MongoDbErrors.ForCommand(exception, run.Config, place, _isUncertain ? Doubt(exception) : ConsequenceOf(_done), command.OwnLimit);
        }
    }

    private async Task ExecuteTogetherAsync(ScriptStatement statement, int number, string checksum, CancellationToken cancellation)
    {
        await run.ExecuteAsync(_script, statement, cancellation).ConfigureAwait(false);
        Held(await RecordProgressAsync(number, checksum, cancellation).ConfigureAwait(false));
    }

    private static string Doubt(Exception exception) => exception is CommandFailure
        ? "A part of this command was applied; the next run says how to continue."
        : "Whether this command was applied is not known; the next run says how to continue.";

    private void Held(bool isOurs)
    {
        if (!isOurs)
        {
            throw run.LockLost(_script.Location, ConsequenceOf(_done));
        }
    }

    private MigrationException Uncertain(ScriptStatement statement, SourceLocation place, int number, string checksum)
    {
        var update = $"db.getCollection({MongoShell.Text(run.Config.History)}).updateOne({{ {HistorySchema.Name}: {MongoShell.Text(unit.RowName)} }}, {{ $set: {{ {HistorySchema.Status}: \"failed\"";
        return Errors.UncertainStatement(
            place,
            statement.Summary,
            $"{update} }} }})",
            $"{update}, {HistorySchema.StatementsDone}: {number}, {HistorySchema.TokenChecksum}: \"{checksum}\" }} }})");
    }
}
