using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Adapters;

/// <summary>Watches nothing: for work that nobody is told about.</summary>
internal sealed class Unobserved : IRunObserver;
