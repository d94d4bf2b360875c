using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>
/// Tries again what somebody else stood in the way of, after longer and longer pauses: in between, whoever had queued up behind
/// the script gets through. The pauses differ by chance, so that two who hindered each other do not meet again.
/// </summary>
internal sealed class LockRetries(WorkSession session)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private int _attempts;

    /// <summary>Waits until it is time to try again.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG4014 or MIG4005 when it was tried often enough.</exception>
    public async Task WaitAsync(CommandFailure failure, string consequence, CancellationToken cancellation)
    {
        _attempts++;
        var most = session.Config.Settings.StatementLockRetries;
        if (_attempts > most)
        {
            throw GiveUp(failure, consequence);
        }

        var longest = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, _attempts - 1), LongestPause.TotalMilliseconds);
        var pause = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        var next = string.Create(CultureInfo.InvariantCulture, $"Attempt {_attempts + 1} of {most + 1} is in {Wording.Of(pause)}.");
        session.Observer.Waiting(failure.Origin.Script, $"{ServerErrors.Describe(failure.Refusal)} {consequence} {next}");
        await Task.Delay(pause, cancellation).ConfigureAwait(false);
    }

    private MigrationException GiveUp(CommandFailure failure, string consequence)
    {
        var tries = $"It was tried {(_attempts == 1 ? "once" : $"{_attempts} times")} in {Wording.Of(Stopwatch.GetElapsedTime(_startedAt))}.";
        return failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout
            ? Errors.StatementLockTimeout(
                StatementErrors.LocationOf(failure.Refusal, failure.Origin), ServerErrors.Describe(failure.Refusal), "Who stood in its way could not be seen.", tries, consequence, failure.Refusal)
            : StatementErrors.Translate(failure.Refusal, failure.Origin, session.Config, $"{tries} {consequence}");
    }
}
