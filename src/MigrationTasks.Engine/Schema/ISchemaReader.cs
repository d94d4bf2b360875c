using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>What an adapter can do whose database can be asked for its schema. It is asked while it is connected, and changes nothing.</summary>
public interface ISchemaReader
{
    /// <summary>
    /// Reads the whole schema as it is at one moment: everything that a migration can create, change or remove, as the database itself
    /// tells it, so that two databases with the same schema give the same snapshot. What belongs to the database system or to an
    /// extension is left out, and so are the tables of MigrationTasks. What is there and cannot be described is told as
    /// <see cref="SchemaObject.IsUncovered"/>, never left out. No fact holds a secret.
    /// </summary>
    /// <param name="cancellation">Stops the reading on the server.</param>
    /// <exception cref="MigrationException">The database refuses to be read. A schema is read as a whole or not at all.</exception>
    Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation);
}
