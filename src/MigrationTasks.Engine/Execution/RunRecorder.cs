using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Stands between the adapter and the caller's observer: remembers what the report needs, says every few seconds that a
/// long migration is still running, and keeps the calls one at a time.
/// </summary>
internal sealed class RunRecorder : IRunObserver, IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private readonly IRunObserver _observer;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly List<AppliedMigration> _applied = [];
    private readonly List<UndoneMigration> _undone = [];
    private readonly List<AppliedMigration> _tried = [];
    private readonly Dictionary<MigrationScript, int> _resumed = [];
    private readonly List<Diagnostic> _warnings = [];
    private MigrationScript? _running;
    private long _startedAt;

    public RunRecorder(IRunObserver observer, TimeProvider time)
    {
        _observer = observer;
        _time = time;
        _timer = time.CreateTimer(_ => Beat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyList<AppliedMigration> AppliedMigrations => _applied;

    public IReadOnlyList<UndoneMigration> UndoneMigrations => _undone;

    public IReadOnlyList<AppliedMigration> TriedMigrations => _tried;

    public IReadOnlyList<Diagnostic> Warnings => _warnings;

    /// <summary>What has started and not ended, if anything has.</summary>
    public MigrationScript? Running => _running;

    public void Planned(MigrationPlan plan) => Locked(() => _observer.Planned(plan));

    public void RollbackPlanned(RollbackPlan plan) => Locked(() => _observer.RollbackPlanned(plan));

    public void Started(MigrationScript script) => Locked(() =>
    {
        _running = script;
        _startedAt = _time.GetTimestamp();
        _timer.Change(Heartbeat, Heartbeat);
        _observer.Started(script);
    });

    public void Resumed(MigrationScript script, int statement, string reason) => Locked(() =>
    {
        _resumed[script] = statement;
        _observer.Resumed(script, statement, reason);
    });

    public void Waiting(MigrationScript script, string reason) => Locked(() => _observer.Waiting(script, reason));

    public void Applied(Migration migration, TimeSpan duration) => Locked(() =>
    {
        End();
        _applied.Add(new AppliedMigration(migration.Name, duration) { ResumedAt = _resumed.TryGetValue(migration, out var statement) ? statement : null });
        _observer.Applied(migration, duration);
    });

    public void RolledBack(RollbackScript rollback, TimeSpan duration) => Locked(() =>
    {
        End();
        _undone.Add(new UndoneMigration(rollback.Name, duration, rollback.Source));
        _observer.RolledBack(rollback, duration);
    });

    /// <summary>What started was tried, and would be applied.</summary>
    public void Tried(Migration migration) => Tried(migration, _time.GetElapsedTime(_startedAt));

    public void Tried(Migration migration, TimeSpan duration) => Locked(() =>
    {
        End();
        _tried.Add(new AppliedMigration(migration.Name, duration));
        _observer.Tried(migration, duration);
    });

    public void Lost(MigrationScript script) => Locked(() =>
    {
        _applied.RemoveAll(applied => applied.Name == script.Name);
        _undone.RemoveAll(undone => undone.Name == script.Name);
        _observer.Lost(script);
    });

    public void Noticed(MigrationScript? script, string text) => Locked(() => _observer.Noticed(script, text));

    public void Warned(Diagnostic warning) => Locked(() =>
    {
        // A plan that is made anew repeats its warnings.
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
            _observer.Warned(warning);
        }
    });

    /// <summary>What was running is not running any more: it failed, or another runner was faster.</summary>
    public void Stopped() => Locked(End);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void End()
    {
        _running = null;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Beat() => Locked(() =>
    {
        if (_running is { } script)
        {
            _observer.StillRunning(script, _time.GetElapsedTime(_startedAt));
        }
    });

    private void Locked(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }
}
