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

    /// <summary>The schema before some changes.</summary>
    /// <param name="changes">Differences to this schema, of an earlier one.</param>
    /// <returns><see langword="null"/> when they do not fit, because something was changed once more since.</returns>
    internal SchemaSnapshot? TakeBack(IReadOnlyList<SchemaDifference> changes)
    {
        var objects = Objects.ToDictionary(item => (item.Kind, item.Name), item => item.Facts.ToList());
        foreach (var change in changes.Where(change => change.Change != SchemaChange.Reordered))
        {
            var key = (change.Item.Kind, change.Item.Name);
            var fits = change switch
            {
                { Before: null, After: null, Change: SchemaChange.Added } => objects.Remove(key, out var facts) && facts.Select(fact => fact.ToString()).ToHashSet(StringComparer.Ordinal).SetEquals(change.Item.Facts.Select(fact => fact.ToString())),
                { Before: null, After: null } => objects.TryAdd(key, [.. change.Item.Facts]),
                _ => objects.TryGetValue(key, out var facts) && Replace(facts, change.After, change.Before),
            };
            if (!fits)
            {
                return null;
            }
        }

        return new SchemaSnapshot(Database, objects.Select(item => new SchemaObject(item.Key.Kind, item.Key.Name, item.Value)));
    }

    // Where a column stood does not tell whether it is the same.
    private static bool Replace(List<SchemaFact> facts, SchemaFact? old, SchemaFact? present)
    {
        if (old is not null && facts.RemoveAll(fact => SchemaFact.Compare(fact, old) == 0) == 0)
        {
            return false;
        }

        if (present is not null)
        {
            facts.Add(present);
        }

        return true;
    }
}
