using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>What an adapter can do that knows how its database is changed: write the statements that lead from one schema to another.</summary>
public interface ISchemaWriter
{
    /// <summary>
    /// Writes the statements, in the order in which they have to run. Rows stay, but for those that a statement says it loses. The other
    /// way round gives the rollback. The order of columns is not changed for its own sake.
    /// </summary>
    /// <param name="before">The schema as it is.</param>
    /// <param name="after">The schema as it is to be.</param>
    /// <param name="renames">What has another name in the second schema; nothing is taken for a rename that is not asked for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The statements; none when the schemas are equal.</returns>
    /// <exception cref="MigrationException">MIG6003 when something that differs cannot be written; MIG6004 when a rename does not fit the schemas.</exception>
    Task<IReadOnlyList<SchemaStatement>> WriteChangesAsync(SchemaSnapshot before, SchemaSnapshot after, IReadOnlyList<SchemaRename> renames, CancellationToken cancellation);
}
