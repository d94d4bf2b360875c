using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Databases;

/// <summary>
/// What an adapter can do whose database has a client program that runs files: write down what a run would do. It is asked
/// while it is connected, and changes nothing.
/// </summary>
public interface IRunScripter
{
    /// <summary>
    /// Writes what a run would send to the database: the history table when it has to be created, and every step with its
    /// transaction and its history row. The script stops at the first failure, and fails where the history is not as it was read.
    /// </summary>
    /// <param name="plan">What the run would do.</param>
    /// <param name="history">The history as it is.</param>
    /// <param name="script">Takes the script, bit by bit.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="MigrationException">A file changed since it was checked, or the database refuses to be read.</exception>
    Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation);
}
