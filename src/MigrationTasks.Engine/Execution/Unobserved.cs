using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Engine.Execution;

/// <summary>Watches nothing: for work that nobody is told about.</summary>
internal sealed class Unobserved : IRunObserver;
