using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Tries again what somebody else stood in the way of, and says who.</summary>
internal sealed class LockRetries(WorkSession session)
{
    private readonly Attempts _attempts = new(session.Config.Settings.StatementLockRetries);

    /// <summary>Whether the same may succeed when it is tried again: a lock that was not free, a deadlock, a conflict of serializable transactions.</summary>
    public static bool MayHelp(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>What comes is tried for the first time.</summary>
    /// <param name="startedAt">When it started, in ticks of <see cref="Stopwatch"/>.</param>
    public void Begin(long startedAt) => _attempts.Begin(startedAt);

    /// <summary>What comes is the next statement of the same script.</summary>
    public void Next()
    {
        session.Watch?.Forget();
        Begin(Stopwatch.GetTimestamp());
    }

    /// <summary>Waits until it is time to try again.</summary>
    /// <param name="exception">What the server said.</param>
    /// <param name="origin">The command that failed.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG4014 or MIG4005 when it was tried often enough.</exception>
    public async Task WaitAsync(PostgresException exception, CommandOrigin origin, string consequence, CancellationToken cancellation)
    {
        var seen = session.Watch?.LastSeen;
        session.Watch?.Forget();
        if (!_attempts.Fail())
        {
            throw GiveUp(exception, origin, seen, consequence);
        }

        var (pause, next) = _attempts.Next();
        session.Progress.Waiting(origin.Script, string.Join(' ', new[] { Problem(exception, seen), seen?.InItsWay, consequence, next }.OfType<string>()));
        await Task.Delay(pause, cancellation).ConfigureAwait(false);
    }

    /// <summary>The error of what is not tried again.</summary>
    /// <param name="exception">What the server said.</param>
    /// <param name="origin">The command that failed.</param>
    /// <param name="consequence">What became of the script.</param>
    public MigrationException GiveUp(PostgresException exception, CommandOrigin origin, string consequence)
    {
        _attempts.Fail();
        return GiveUp(exception, origin, session.Watch?.LastSeen, consequence);
    }

    private MigrationException GiveUp(PostgresException exception, CommandOrigin origin, LockWait? seen, string consequence)
    {
        var tries = _attempts.Summary;
        return exception.SqlState == PostgresErrorCodes.LockNotAvailable
            ? Errors.StatementLockTimeout(
                StatementErrors.LocationOf(exception, origin), Problem(exception, seen), LockWait.Holder(seen), tries, consequence, exception)
            : StatementErrors.Translate(exception, origin, session.Config, $"{tries} {consequence}");
    }

    private static string Problem(PostgresException exception, LockWait? seen) =>
        LockWait.Problem(ServerErrors.Describe(exception.MessageText, exception.SqlState, null, null), seen);
}
