using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ChaosRunner;

/// <summary>Says what happens the moment it happens, so that whoever watches can strike there.</summary>
internal sealed class ConsoleObserver : IRunObserver
{
    public void Connected(string target) => Console.WriteLine("connected");

    public void Planned(MigrationPlan plan) => Console.WriteLine($"planned {plan.Steps.Count}");

    public void Started(MigrationScript script) => Console.WriteLine($"started {script.Name}");

    public void Applied(Migration migration, TimeSpan duration) => Console.WriteLine($"applied {migration.Name}");

    public void RollbackPlanned(RollbackPlan plan) => Console.WriteLine($"planned {plan.Steps.Count}");

    public void RolledBack(RollbackScript rollback, TimeSpan duration) => Console.WriteLine($"undone {rollback.Name}");

    public void Lost(MigrationScript script) => Console.WriteLine($"lost {script.Name}");

    public void Warned(Diagnostic warning) => Console.WriteLine($"warning {warning}");
}
