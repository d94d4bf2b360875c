using System.Diagnostics;

namespace MigrationTasks.Benchmarks.Measuring;

/// <summary>Runs a command to its end.</summary>
internal static class ToolProcess
{
    /// <summary>Runs a command and measures from before its process starts until it has ended.</summary>
    /// <param name="start">The command.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>How long it took, and what it wrote.</returns>
    /// <exception cref="ToolFailedException">It did not end with 0, or not in time.</exception>
    public static async Task<(TimeSpan Elapsed, string Output)> RunAsync(ProcessStartInfo start, TimeSpan? limit = null)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var patience = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan);
        var startedAt = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new ToolFailedException($"not done after {limit}");
        }

        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        return process.ExitCode == 0
            ? (elapsed, await output)
            : throw new ToolFailedException($"exit code {process.ExitCode}: {await output}{await errors}");
    }
}

/// <summary>A tool did not do what it was asked to.</summary>
internal sealed class ToolFailedException(string message) : Exception(message);
