using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

/// <summary>Lets another runner be faster, once, when the plan is made and nothing has run.</summary>
/// <param name="race">Runs the other runner, or nobody.</param>
public sealed class RivalObserver(Func<Task<RunReport>?> race) : IRunObserver
{
    private bool _hasRun;

    public void Planned(MigrationPlan plan)
    {
        if (!_hasRun)
        {
            _hasRun = true;
            race()?.GetAwaiter().GetResult().Succeeded();
        }
    }
}
