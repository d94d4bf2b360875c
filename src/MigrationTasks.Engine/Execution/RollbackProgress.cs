using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>How far a rollback has come, when other runs undo the same at the same time.</summary>
/// <param name="recorder">What this run has undone.</param>
internal sealed class RollbackProgress(RunRecorder recorder)
{
    private int _asked;
    private int _undone;
    private RollbackPlan? _last;

    /// <summary>The first plan: all that is ever undone is a part of it.</summary>
    public RollbackPlan? Plan { get; private set; }

    /// <summary>How often in a row a plan led nowhere, and looking again changed nothing.</summary>
    public int VainAttempts { get; private set; }

    /// <summary>How many other runs have undone.</summary>
    public int Overtaken { get; private set; }

    /// <summary>How many are still to be undone.</summary>
    public int Left => _asked - recorder.UndoneMigrations.Count - Overtaken;

    /// <summary>How many migrations are applied that could be undone.</summary>
    public int Applied => Plan is null ? 0 : Plan.Applied - recorder.UndoneMigrations.Count - Overtaken;

    /// <summary>What to tell somebody whose rollback was stopped: running it again goes back further by as many steps.</summary>
    public string Next => $"{recorder.UndoneMigrations.Count} of {_asked} migrations were undone; -t:MigrateStatus shows what is applied.";

    /// <summary>A plan is about to be carried out.</summary>
    public void Go(RollbackPlan plan)
    {
        var undone = recorder.UndoneMigrations.Count;
        var isInVain = _last is not null && undone == _undone && _last.Steps.Select(step => step.Row).SequenceEqual(plan.Steps.Select(step => step.Row));
        VainAttempts = isInVain ? VainAttempts + 1 : 0;
        (_last, _undone) = (plan, undone);
        if (Plan is null)
        {
            Plan = plan;
            _asked = plan.Steps.Count;
        }

        Overtaken = _asked - undone - plan.Steps.Count;
    }
}
