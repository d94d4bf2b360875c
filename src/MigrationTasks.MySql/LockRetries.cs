using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Tries again what somebody else stood in the way of, and says who.</summary>
internal sealed class LockRetries(WorkSession session)
{
    private readonly Attempts _attempts = new(session.Config.Settings.StatementLockRetries);

    /// <summary>Waits until it is time to try again.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG4014 or MIG4005 when it was tried often enough.</exception>
    public async Task WaitAsync(CommandFailure failure, string consequence, CancellationToken cancellation)
    {
        var seen = failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout ? session.Watch?.LastSeen : null;
        session.Watch?.Forget();
        if (!_attempts.Fail())
        {
            throw GiveUp(failure, seen, consequence);
        }

        var (pause, next) = _attempts.Next();
        session.Progress.Waiting(failure.Origin.Script, string.Join(' ', new[] { Problem(failure, seen), seen?.InItsWay, consequence, next }.OfType<string>()));
        await Task.Delay(pause, cancellation).ConfigureAwait(false);
    }

    private MigrationException GiveUp(CommandFailure failure, LockWait? seen, string consequence) => failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout
        ? Errors.StatementLockTimeout(
            StatementErrors.LocationOf(failure.Refusal, failure.Origin), Problem(failure, seen), LockWait.Holder(seen), _attempts.Summary, consequence, failure.Refusal)
        : StatementErrors.Translate(failure.Refusal, failure.Origin, session.Config, $"{_attempts.Summary} {consequence}");

    private static string Problem(CommandFailure failure, LockWait? seen) => LockWait.Problem(ServerErrors.Describe(failure.Refusal), seen);
}
