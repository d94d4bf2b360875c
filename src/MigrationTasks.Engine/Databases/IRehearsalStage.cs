using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Databases;

/// <summary>What an adapter can do whose database takes changes of the schema back: try migrations, and leave nothing of them.</summary>
public interface IRehearsalStage
{
    /// <summary>Opens the transaction that is rolled back in the end, when no other run has one.</summary>
    /// <param name="observer">Is told what starts, and what the database says to it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run held the lock for too long.</exception>
    Task<IMigrationRehearsal> RehearseAsync(IRunObserver observer, CancellationToken cancellation);
}

/// <summary>A transaction in which migrations are tried one after the other; disposing it rolls all of them back.</summary>
public interface IMigrationRehearsal : IAsyncDisposable
{
    /// <summary>Creates the history table, or completes one with fewer columns.</summary>
    /// <param name="script">The migration that creates the table; <see langword="null"/> when there is none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">As <see cref="DatabaseAdapter.EnsureHistoryAsync"/>.</exception>
    Task PrepareHistoryAsync(Migration? script, CancellationToken cancellation);

    /// <summary>Does all that applying or undoing a migration in a transaction does, but for the commit. Of one that fails nothing is left.</summary>
    /// <param name="unit">The migration, or what undoes it; it runs in a transaction.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <returns>Nothing when it would be applied or undone; else why that cannot be told here: a sentence.</returns>
    /// <exception cref="MigrationException">MIG4005 and others for a failure that a run would have too.</exception>
    Task<string?> TryAsync(ScriptUnit unit, CancellationToken cancellation);

    /// <summary>Reads the history as it is after what was tried.</summary>
    /// <param name="cancellation">Gives up.</param>
    Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation);

    /// <summary>Reads the schema as it is after what was tried, where the adapter is an <see cref="ISchemaReader"/>.</summary>
    /// <param name="cancellation">Gives up.</param>
    Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation);
}
