namespace MigrationTasks.Engine.Schema;

/// <summary>A schema at one moment: all objects of a database, without what belongs to the database system, and without the tables of MigrationTasks.</summary>
public sealed class SchemaSnapshot
{
    /// <summary>Creates a snapshot.</summary>
    /// <param name="database">The product and its major version, by which texts of the schema may differ: <c>PostgreSQL 17</c>.</param>
    /// <param name="objects">The objects, in any order.</param>
    /// <exception cref="ArgumentException">Two objects have the same kind and name.</exception>
    public SchemaSnapshot(string database, IEnumerable<SchemaObject> objects)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        ArgumentNullException.ThrowIfNull(objects);
        Database = database;
        Objects = [.. objects.Order(Comparer<SchemaObject>.Create(SchemaObject.Compare))];
        for (var i = 1; i < Objects.Count; i++)
        {
            if (SchemaObject.Compare(Objects[i], Objects[i - 1]) == 0)
            {
                throw new ArgumentException($"There are two objects {Objects[i]}.", nameof(objects));
            }
        }
    }

    /// <summary>The product and its major version. Snapshots of two major versions can differ in texts that mean the same.</summary>
    public string Database { get; }

    /// <summary>The objects, in an order that depends on nothing else.</summary>
    public IReadOnlyList<SchemaObject> Objects { get; }

    /// <summary>What is there but cannot be told more of: that two snapshots are equal says nothing about these.</summary>
    public IEnumerable<SchemaObject> Uncovered => Objects.Where(item => item.IsUncovered);

    /// <summary>What has to change so that this schema becomes another one, in the order of the objects; nothing when they are equal.</summary>
    /// <param name="after">The other one.</param>
    public IReadOnlyList<SchemaDifference> DifferencesTo(SchemaSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return [.. SchemaComparison.Compare(this, after)];
    }
}
