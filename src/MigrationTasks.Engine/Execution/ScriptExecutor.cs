using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Applies and undoes migrations in one session: the one state machine of all SQL databases. It makes the stream of commands, and
/// answers each kind of failure.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class ScriptExecutor(ScriptSession session)
{
    private const string OvertakenBy = "another run has applied it in the meantime";

    private readonly LockRetries _retries = new(session);
    private bool _createsHistory;

    /// <summary>Runs scripts in order, until one fails or another run was faster.</summary>
    /// <param name="units">The scripts.</param>
    /// <param name="createsHistory">Whether there is no history yet; the session creates it by <see cref="ScriptSession.CreateHistory"/>.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    /// <exception cref="MigrationException">MIG4005 and others for a failure.</exception>
    public async Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, CancellationToken cancellation)
    {
        _createsHistory = createsHistory;
        for (var start = 0; start < units.Count;)
        {
            var length = units[start].IsTransactional && session.Pipelines ? units.Skip(start).TakeWhile(unit => unit.IsTransactional).Count() : 1;
            var outcome = await (units[start].IsTransactional
                ? RunInTransactionsAsync([.. units.Skip(start).Take(length)], cancellation)
                : RunOutsideAsync(units[start], cancellation)).ConfigureAwait(false);
            if (outcome != ApplyOutcome.Completed)
            {
                return outcome;
            }

            start += length;
        }

        return ApplyOutcome.Completed;
    }

    /// <summary>Tries a migration in the transaction of a dry run: the same stream, in a savepoint. Of one that fails nothing is left.</summary>
    /// <returns>Nothing when it would be applied; else why that cannot be told here: a sentence.</returns>
    /// <exception cref="MigrationException">MIG4005 and others for a failure that a run would have too.</exception>
    /// <exception cref="Obstructed">Somebody else stood in the way.</exception>
    public async Task<string?> TryAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        var stream = new CommandStream(session.Language, unit);
        var progress = new CommandProgress(session, _retries, [stream]);
        try
        {
            if (session.Pipelines)
            {
                session.Progress.Start(unit.Script, session.ServerSession);
            }

            await session.SendAsync(stream.InTransaction(), progress, cancellation).ConfigureAwait(false);
            session.Progress.Abandon();
            return null;
        }
        catch (Superseded)
        {
            await session.RollBackAsync(unit, "").ConfigureAwait(false);
            return OvertakenBy;
        }
        catch (Exception exception) when (FailureOf(exception, stream.Current) is { Kind: not FailureKind.ConnectionLost } failure)
        {
            session.Progress.Abandon();
            await session.RollBackAsync(unit, "").ConfigureAwait(false);
            return failure.Kind switch
            {
                FailureKind.ClaimConflict => OvertakenBy,
                FailureKind.LockTimeout or FailureKind.MayPass => throw new Obstructed(failure),
                _ => session.ReasonNotTried(failure) ?? throw await session.ReportAsync(failure, Consequence.Tried).ConfigureAwait(false),
            };
        }
        catch (Exception exception) when (FailureOf(exception, stream.Current) is null)
        {
            session.Progress.Abandon();
            await TryRollBackAsync(unit).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ApplyOutcome> RunInTransactionsAsync(IReadOnlyList<ScriptUnit> units, CancellationToken cancellation)
    {
        foreach (var unit in units.SkipLast(1))
        {
            unit.IsFollowed = true;
        }

        var next = 0;
        ScriptUnit? tried = null;
        while (true)
        {
            var streams = units.Skip(next).Select(unit => new CommandStream(session.Language, unit)).ToList();
            var opened = await session.OpenAsync(units[next], cancellation).ConfigureAwait(false);
            await using var closing = opened.ConfigureAwait(false);
            var progress = new CommandProgress(session, _retries, streams);
            try
            {
                await session.SendAsync(progress.Watch(Setup(units[next]), stream => stream.InTransaction()), progress, cancellation).ConfigureAwait(false);
                session.Progress.Complete();
                return ApplyOutcome.Completed;
            }
            catch (Superseded superseded)
            {
                await session.RollBackAsync(superseded.Unit, "").ConfigureAwait(false);
                return superseded.IsCertain ? ApplyOutcome.Superseded : await ClaimConflict.JudgeAsync(session, superseded.Unit, null, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (FailureOf(exception, progress.Current) is { Kind: not FailureKind.ConnectionLost } failure)
            {
                var unit = failure.Command?.Unit ?? units[next];
                session.Progress.FailedIn(unit.Script);
                var consequence = await session.RollBackAsync(unit, unit.ConsequenceOf(0)).ConfigureAwait(false);
                next = units.Index().First(item => item.Item == unit).Index;
                _createsHistory = false;
                if (failure.Command?.Purpose == CommandPurpose.Setup)
                {
                    await session.EnsureHistoryAsync(cancellation).ConfigureAwait(false);
                    continue;
                }

                if (tried != unit)
                {
                    tried = unit;
                    _retries.Begin(session.Progress.LastStartedAt);
                }

                if (await AnswerAsync(unit, failure, consequence, cancellation).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }
            }
            catch (Exception exception) when (FailureOf(exception, progress.Current) is null)
            {
                await TryRollBackAsync(progress.Current?.Unit ?? units[next]).ConfigureAwait(false);
                throw;
            }
        }
    }

    private IEnumerable<Command> Setup(ScriptUnit first) => !_createsHistory ? [] : session.CreateHistory().Select(command => new Command(first, command.Purpose, command.Text, command.Values));

    private async Task<ApplyOutcome> RunOutsideAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        var stream = new CommandStream(session.Language, unit);
        var progress = new CommandProgress(session, _retries, [stream]);
        _retries.Begin(Stopwatch.GetTimestamp());
        var opened = await session.OpenAsync(unit, cancellation).ConfigureAwait(false);
        await using var closing = opened.ConfigureAwait(false);
        while (true)
        {
            try
            {
                await RunOutsideAsync(stream, progress, cancellation).ConfigureAwait(false);
                session.Progress.Complete();
                return ApplyOutcome.Completed;
            }
            catch (Superseded superseded)
            {
                session.Progress.FailedIn(unit.Script);
                await session.RollBackAsync(unit, "").ConfigureAwait(false);
                return superseded.IsCertain ? ApplyOutcome.Superseded : await ClaimConflict.JudgeAsync(session, unit, null, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (FailureOf(exception, stream.Current) is { Kind: not FailureKind.ConnectionLost } failure)
            {
                stream.IsUncertain |= failure.LeavesDoubt && failure.Command is { IsAlone: true };
                if (await AnswerOutsideAsync(stream, failure, cancellation).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }
            }
            catch (Exception exception) when (FailureOf(exception, stream.Current) is null)
            {
                await EndAsync(stream).ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task RunOutsideAsync(CommandStream stream, CommandProgress progress, CancellationToken cancellation)
    {
        // Where nothing has to be asked in between, all of it travels together.
        if (!stream.IsClaimed && stream.Unit.Resume is null)
        {
            await session.SendAsync(stream.ClaimOutside().Concat(stream.Outside()), progress, cancellation).ConfigureAwait(false);
            return;
        }

        if (!stream.IsClaimed)
        {
            await session.SendAsync(stream.ClaimOutside(), progress, cancellation).ConfigureAwait(false);
        }

        if (stream.Unit.Resume is { } resume && !stream.IsContinued)
        {
            await ContinueAsync(stream, resume, progress, cancellation).ConfigureAwait(false);
            stream.IsContinued = true;
        }

        await session.SendAsync(stream.Outside(), progress, cancellation).ConfigureAwait(false);
    }

    // An earlier run may have left something of the next statement, or all of it.
    private async Task ContinueAsync(CommandStream stream, ResumePoint resume, CommandProgress progress, CancellationToken cancellation)
    {
        if (resume.Settings.Count > 0)
        {
            await session.SendAsync(stream.Settings(resume.Settings), progress, cancellation).ConfigureAwait(false);
        }

        if (resume.Next is not { } next)
        {
            session.Observer.Resumed(stream.Unit.Script, stream.Done + 1, resume.Reason);
            return;
        }

        stream.Repeat();
        var isAlone = session.Language.CreateJournal().IsAlone(next);
        if (stream.IsUncertain && isAlone)
        {
            var effect = await session.FindEffectAsync(stream.Unit, next, resume.IsSameFile, cancellation).ConfigureAwait(false) ?? throw Uncertain(stream, next);
            if (effect.Length > 0)
            {
                stream.Unentered = new Mark(stream.Done + 1, ChecksumOf(stream, stream.Done + 1), false);
                stream.Done++;
                stream.IsUncertain = false;
                session.Observer.Resumed(stream.Unit.Script, stream.Done + 1, $"{next.Summary} in line {next.Line} was interrupted, but {effect}.");
                return;
            }
        }

        stream.IsUncertain &= !isAlone && session.Language.MayRefuseTransaction;
        session.Observer.Resumed(stream.Unit.Script, stream.Done + 1, resume.Reason);
    }

    // What a failure leads to; null when it is tried again.
    private async Task<ApplyOutcome?> AnswerAsync(ScriptUnit unit, DatabaseFailure failure, string consequence, CancellationToken cancellation)
    {
        switch (failure.Kind)
        {
            case FailureKind.Cancelled:
                ExceptionDispatchInfo.Throw(failure.Cause);
                return null;
            case FailureKind.RunLockTimeout:
                throw await session.ReportRunLockAsync().ConfigureAwait(false);
            case FailureKind.ClaimConflict:
                return await ClaimConflict.JudgeAsync(session, unit, failure, cancellation).ConfigureAwait(false);
            case FailureKind.LockTimeout or FailureKind.MayPass when failure.MayRetry:
                await _retries.WaitAsync(failure, consequence, cancellation).ConfigureAwait(false);
                return null;
            case FailureKind.NoHistory:
                throw HistoryGone(unit, failure, consequence);
            default:
                throw await session.ReportAsync(failure, consequence).ConfigureAwait(false);
        }
    }

    private async Task<ApplyOutcome?> AnswerOutsideAsync(CommandStream stream, DatabaseFailure failure, CancellationToken cancellation)
    {
        var unit = stream.Unit;
        if (!stream.IsClaimed)
        {
            session.Progress.FailedIn(unit.Script);
            await session.RollBackAsync(unit, "").ConfigureAwait(false);
            return await AnswerAsync(unit, failure, unit.ConsequenceOf(stream.Done), cancellation).ConfigureAwait(false);
        }

        switch (failure.Kind)
        {
            case FailureKind.RunLockLost:
                // The row is another run's by now.
                session.Progress.Abandon();
                throw await session.ReportAsync(failure, unit.ConsequenceOf(stream.Done)).ConfigureAwait(false);
            case FailureKind.NeedsNoTransaction when !stream.IsUncertain:
                await session.RollBackAsync(unit, "").ConfigureAwait(false);
                stream.RunAlone();
                return null;
            case FailureKind.LockTimeout or FailureKind.MayPass when !stream.IsUncertain && failure.MayRetry:
                try
                {
                    await session.RollBackAsync(unit, "").ConfigureAwait(false);
                    await _retries.WaitAsync(failure, unit.ConsequenceOf(stream.Done), cancellation).ConfigureAwait(false);
                    stream.Repeat();
                    return null;
                }
                catch (Exception exception) when (FailureOf(exception, null) is not { Kind: FailureKind.ConnectionLost })
                {
                    await EndAsync(stream).ConfigureAwait(false);
                    throw;
                }

            case FailureKind.LockTimeout:
                await EndAsync(stream).ConfigureAwait(false);
                throw await _retries.GiveUpAsync(failure, unit.ConsequenceOf(stream.Done)).ConfigureAwait(false);
            case FailureKind.RunLockTimeout:
                await EndAsync(stream).ConfigureAwait(false);
                throw await session.ReportRunLockAsync().ConfigureAwait(false);
            case FailureKind.NeedsNoTransaction:
                var uncertain = Uncertain(stream, failure.Command!.Statement!);
                await EndAsync(stream).ConfigureAwait(false);
                throw uncertain;
            case FailureKind.Cancelled:
                await EndAsync(stream).ConfigureAwait(false);
                ExceptionDispatchInfo.Throw(failure.Cause);
                return null;
            case FailureKind.NoHistory when failure.Command?.Purpose is CommandPurpose.Entry or CommandPurpose.Record:
                throw HistoryGone(unit, failure, "");
            default:
                await EndAsync(stream).ConfigureAwait(false);
                throw await session.ReportAsync(failure, unit.ConsequenceOf(stream.Done)).ConfigureAwait(false);
        }
    }

    // Must be recorded even when the user cancels: the next run relies on it. Where it is not known whether a statement was applied,
    // the row goes on saying that it runs, and the next run finds that nobody does.
    private async Task EndAsync(CommandStream stream)
    {
        session.Progress.FailedIn(stream.Unit.Script);
        try
        {
            await session.AbandonAsync(stream.Unit).ConfigureAwait(false);
            if (stream.IsClaimed)
            {
                await session.SendAsync(stream.Failure(), new CommandProgress(session, _retries, [stream]), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (FailureOf(exception, null) is not null)
        {
            // Without a connection, or on a full disk, it is the same.
        }
    }

    // A connection that is broken has rolled back by itself, and what stopped the run is reported.
    private async Task TryRollBackAsync(ScriptUnit unit)
    {
        try
        {
            await session.RollBackAsync(unit, "").ConfigureAwait(false);
        }
        catch (Exception exception) when (FailureOf(exception, null) is not null)
        {
            // Whoever finds out what is applied connects again.
        }
    }

    private MigrationException HistoryGone(ScriptUnit unit, DatabaseFailure failure, string consequence) => Errors.HistoryUnusable(
        session.Language.History.Name.ToString(),
        unit switch
        {
            { IsTransactional: false } => $"{unit.Script.Name} removed it, so it is not known any more what is applied. Take that out of it, and restore the table from a backup; or mark what is applied with -t:MigrateBaseline.",
            { Rollback: null } => $"{unit.Script.Name} removes it, and nobody would know what is applied. {consequence} Take that out of the migration.",
            _ => $"the rollback of {unit.Script.Name} removes it, and nobody would know what is applied. {consequence} Take that out of the rollback.",
        },
        failure.Cause);

    private MigrationException Uncertain(CommandStream stream, ScriptStatement statement)
    {
        var (script, history, number) = (stream.Unit.Script, session.Language.History, stream.Done + 1);
        return Errors.UncertainStatement(
            script.Locate(statement.LocationOf(script.Location.File, 1)),
            statement.Summary,
            history.MarkFailed(script.Name),
            history.MarkFailed(script.Name, number, ChecksumOf(stream, number)));
    }

    private static string ChecksumOf(CommandStream stream, int number) => stream.Unit.Script.ReadWithChecksums().ElementAt(number - 1).Checksum;

    private DatabaseFailure? FailureOf(Exception exception, Command? command) => exception switch
    {
        Superseded => null,
        CommandException failure => session.Judge(failure.Cause, failure.Command),
        _ => session.Judge(exception, command),
    };

    /// <summary>Somebody else stood in the way of a migration that was tried.</summary>
    public sealed class Obstructed(DatabaseFailure failure) : Exception(failure.Problem, failure.Cause)
    {
        public DatabaseFailure Failure => failure;
    }
}
