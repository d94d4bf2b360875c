using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>Tries again what somebody else stood in the way of, and says who.</summary>
internal sealed class LockRetries(ScriptSession session)
{
    private readonly Attempts _attempts = new(session.Config.Settings.StatementLockRetries);

    /// <summary>What comes is tried for the first time.</summary>
    /// <param name="startedAt">When it started, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public void Begin(long startedAt) => _attempts.Begin(startedAt);

    /// <summary>Waits until it is time to try again.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG4014 or MIG4005 when it was tried often enough.</exception>
    public async Task WaitAsync(DatabaseFailure failure, string consequence, CancellationToken cancellation)
    {
        var seen = failure.Kind == FailureKind.LockTimeout ? session.Watch?.LastSeen : null;
        session.Watch?.Forget();
        if (!_attempts.Fail())
        {
            throw await ReportAsync(failure, seen, consequence).ConfigureAwait(false);
        }

        var (pause, next) = _attempts.Next();
        string?[] sentences = [LockWait.Problem(failure.Problem, seen), seen?.InItsWay, consequence, next];
        session.Progress.Waiting(failure.Command!.Unit.Script, string.Join(' ', sentences.OfType<string>()));
        await Task.Delay(pause, cancellation).ConfigureAwait(false);
    }

    /// <summary>The error of what is not tried again.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="consequence">What became of the script.</param>
    public Task<MigrationException> GiveUpAsync(DatabaseFailure failure, string consequence)
    {
        _attempts.Fail();
        return ReportAsync(failure, session.Watch?.LastSeen, consequence);
    }

    private async Task<MigrationException> ReportAsync(DatabaseFailure failure, LockWait? seen, string consequence) => failure.Kind == FailureKind.LockTimeout
        ? Errors.StatementLockTimeout(failure.Location, LockWait.Problem(failure.Problem, seen), LockWait.Holder(seen), _attempts.Summary, consequence, failure.Cause)
        : await session.ReportAsync(failure, $"{_attempts.Summary} {consequence}").ConfigureAwait(false);
}
