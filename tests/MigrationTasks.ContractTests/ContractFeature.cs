namespace MigrationTasks.ContractTests;

/// <summary>What not every database can do.</summary>
public enum ContractFeature
{
    /// <summary>Its migrations are linted (<see cref="Engine.Adapters.AdapterDefinition.Lint"/>).</summary>
    Lint,

    /// <summary>What a run would do can be written as a script for the database's own client program (<see cref="Engine.Adapters.IRunScripter"/>).</summary>
    Scripts,

    /// <summary>Migrations can be tried and rolled back (<see cref="Engine.Adapters.IRehearsalStage"/>).</summary>
    Rehearsal,
}
