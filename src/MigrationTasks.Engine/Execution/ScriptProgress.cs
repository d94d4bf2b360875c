using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>What runs.</summary>
/// <param name="Script">The script.</param>
/// <param name="StartedAt">When it started, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Session">What the server calls the session that runs it, a number; 0 when it is not known.</param>
internal sealed record RunningScript(MigrationScript Script, long StartedAt, int Session);

/// <summary>Which script of a run is running and which are completed, as its observer is told.</summary>
/// <param name="observer">The observer.</param>
internal class ScriptProgress(IRunObserver observer)
{
    private readonly HashSet<MigrationScript> _completed = [];
    private volatile RunningScript? _running;

    /// <summary>How many scripts are known to be committed.</summary>
    public int Completed => _completed.Count;

    /// <summary>What runs, as far as is known; <see langword="null"/> when nothing does.</summary>
    public MigrationScript? Current => _running?.Script;

    /// <summary>The same, with what a watch must know of it; read on any thread.</summary>
    public RunningScript? Running => _running;

    /// <summary>When a script last started, in ticks of <see cref="Stopwatch"/>.</summary>
    public long LastStartedAt { get; private set; }

    protected IRunObserver Observer { get; } = observer;

    /// <summary>A script starts.</summary>
    /// <param name="script">The script.</param>
    /// <param name="session">What the server calls the session that runs it; 0 when it is not known.</param>
    public virtual void Start(MigrationScript script, int session = 0)
    {
        LastStartedAt = Stopwatch.GetTimestamp();
        _running = new RunningScript(script, LastStartedAt, session);
        Observer.Started(script);
    }

    /// <summary>What runs goes on in another session of the server; 0 when it is not known which.</summary>
    public void MoveTo(int session) => _running = _running is { } running ? running with { Session = session } : null;

    /// <summary>A script cannot go on before somebody else is done.</summary>
    public void Waiting(MigrationScript script, string reason) => Observer.Waiting(script, reason);

    /// <summary>What runs is committed.</summary>
    public void Complete()
    {
        if (_running is { } running)
        {
            _running = null;
            Add(running.Script, Stopwatch.GetElapsedTime(running.StartedAt));
        }
    }

    /// <summary>A command of a script failed: all before it are committed, and it is not.</summary>
    public void FailedIn(MigrationScript script)
    {
        if (Current != script)
        {
            Complete();
        }

        Abandon();
    }

    /// <summary>What was running is not committed: it failed, or another runner was faster.</summary>
    public void Abandon() => _running = null;

    /// <summary>What became of a script, as the history tells afterwards: a server that crashes may lose what it had promised.</summary>
    public void Settle(MigrationScript script, bool isDone)
    {
        if (!isDone)
        {
            if (_completed.Remove(script))
            {
                Observer.Lost(script);
            }
        }
        else if (Current == script)
        {
            Complete();
        }
        else
        {
            Add(script, TimeSpan.Zero);
        }
    }

    private void Add(MigrationScript script, TimeSpan duration)
    {
        if (!_completed.Add(script))
        {
            return;
        }

        Observer.Completed(script, duration);
    }
}

/// <summary>What is told in the same words of migrations and of rollbacks.</summary>
internal static class ObserverExtensions
{
    /// <summary>A script is committed.</summary>
    /// <param name="observer">Is told.</param>
    /// <param name="script">The script.</param>
    /// <param name="duration">How long it took.</param>
    public static void Completed(this IRunObserver observer, MigrationScript script, TimeSpan duration)
    {
        if (script is RollbackScript rollback)
        {
            observer.RolledBack(rollback, duration);
        }
        else
        {
            observer.Applied((Migration)script, duration);
        }
    }
}
