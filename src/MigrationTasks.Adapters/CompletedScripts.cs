using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters;

/// <summary>The scripts that a run has completed, as it tells its observer.</summary>
internal sealed class CompletedScripts(IRunObserver observer)
{
    private readonly HashSet<MigrationScript> _scripts = [];

    public int Count => _scripts.Count;

    /// <summary>A script is committed.</summary>
    public void Add(MigrationScript script, TimeSpan duration)
    {
        if (!_scripts.Add(script))
        {
            return;
        }

        if (script is RollbackScript rollback)
        {
            observer.RolledBack(rollback, duration);
        }
        else
        {
            observer.Applied((Migration)script, duration);
        }
    }

    /// <summary>A script is not committed after all: a server that crashes may lose what it had promised.</summary>
    public void Remove(MigrationScript script)
    {
        if (_scripts.Remove(script))
        {
            observer.Lost(script);
        }
    }
}
