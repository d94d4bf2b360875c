using System.Collections.Concurrent;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

/// <summary>Writes down what a run tells, and lets a test wait for a migration to start, or to have to wait.</summary>
public sealed class RecordingObserver : IRunObserver
{
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentQueue<string> _waits = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _started = new();

    public IReadOnlyList<string> Events => [.. _events];

    /// <summary>What migrations waited for.</summary>
    public IReadOnlyList<string> Waits => [.. _waits];

    /// <summary>Ends when a migration starts; its name does not need the extension of its file.</summary>
    public Task WhenStarted(string name) => SourceOf(name).Task;

    /// <summary>Ends when something was said to wait for something.</summary>
    /// <param name="run">The run; the test fails when it ends without.</param>
    /// <param name="says">What is said then.</param>
    public async Task WhenWaiting<TReport>(Task<TReport> run, string says = "")
        where TReport : DatabaseReport
    {
        ArgumentNullException.ThrowIfNull(run);
        while (!_waits.Any(wait => wait.Contains(says, StringComparison.Ordinal)))
        {
            if (run.IsCompleted)
            {
                Assert.Fail($"The run should have had to wait ({says}), but ended with: {string.Join('\n', (await run).Errors)}\nIts waits were: {string.Join('\n', _waits)}");
            }

            await Task.Delay(20);
        }
    }

    public void Started(MigrationScript script)
    {
        _events.Enqueue($"started {script.Name}");
        SourceOf(script.Name).TrySetResult();
    }

    public void Applied(Migration migration, TimeSpan duration) => _events.Enqueue($"applied {migration.Name}");

    public void Resumed(MigrationScript script, int statement, string reason) => _events.Enqueue($"resumed {script.Name} at {statement}: {reason}");

    public void Waiting(MigrationScript script, string reason) => _waits.Enqueue($"{script.Name}: {reason}");

    public void Tried(Migration migration, TimeSpan duration) => _events.Enqueue($"tried {migration.Name}");

    public void RolledBack(RollbackScript rollback, TimeSpan duration) => _events.Enqueue($"rolled back {rollback.Name}");

    public void Warned(Diagnostic warning) => _events.Enqueue($"warned {warning.Code}");

    private TaskCompletionSource SourceOf(string name) =>
        _started.GetOrAdd(Path.GetFileNameWithoutExtension(name), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
