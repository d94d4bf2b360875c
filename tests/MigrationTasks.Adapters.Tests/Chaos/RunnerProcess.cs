using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A run in a process of its own: one that can be killed, or that competes with others.</summary>
internal sealed class RunnerProcess : IDisposable
{
    private const string Program = "MigrationTasks.ChaosRunner.dll";

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Dictionary<int, TaskCompletionSource> _awaited = [];
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private bool _saidAll;

    private RunnerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>Its exit code; below zero or above one when it was killed or crashed.</summary>
    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a run, which waits with everything for <see cref="Go"/>.</summary>
    public static Task<RunnerProcess> StartAsync(AdapterDefinition definition, string projectFolder, string connection, params IEnumerable<string> arguments) =>
        StartAsync(definition, projectFolder, connection, leaseSeconds: null, arguments);

    /// <summary>Starts a run whose lease in a cluster ends so soon after it stands still.</summary>
    public static async Task<RunnerProcess> StartAsync(AdapterDefinition definition, string projectFolder, string connection, int? leaseSeconds, params IEnumerable<string> arguments)
    {
        // The runtime that runs the tests runs it too, wherever that is installed.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, Program), projectFolder, definition.Name, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CHAOS_CONNECTION"] = connection;
        start.Environment["CHAOS_LEASE"] = leaseSeconds?.ToString(CultureInfo.InvariantCulture);
        var runner = new RunnerProcess(Process.Start(start)!);
        await runner.WhenLineAsync(1);
        return runner;
    }

    public void Go() => _process.StandardInput.WriteLine("go");

    /// <summary>Ends when it has said so many lines, or says no more.</summary>
    public Task WhenLineAsync(int number)
    {
        lock (_lines)
        {
            if (_saidAll || _lines.Count >= number)
            {
                return Task.CompletedTask;
            }

            if (!_awaited.TryGetValue(number, out var awaited))
            {
                _awaited[number] = awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return awaited.Task;
        }
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets it stand still, as a computer does that is put to sleep.</summary>
    public void Suspend() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Waits for its end.</summary>
    /// <returns>What it said, and what it cried when it crashed.</returns>
    public async Task<string> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"A run does not end. It said:\n{string.Join('\n', Lines)}");
        }

        await _reading;
        return string.Join('\n', [.. Lines, await _errors]);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
                if (_awaited.Remove(_lines.Count, out var awaited))
                {
                    awaited.SetResult();
                }
            }
        }

        lock (_lines)
        {
            _saidAll = true;
            foreach (var awaited in _awaited.Values)
            {
                awaited.SetResult();
            }

            _awaited.Clear();
        }
    }
}
