namespace MigrationTasks.Engine.Schema;

/// <summary>Gathers what a reader finds, fact by fact and in any order, into a snapshot.</summary>
public sealed class SchemaBuilder
{
    private readonly Dictionary<(string Kind, string Name), List<SchemaFact>> _objects = [];

    /// <summary>Says that an object is there; one of which facts are added is there anyway.</summary>
    /// <param name="kind">What it is, as one word.</param>
    /// <param name="name">Its full name, as the database writes it.</param>
    public SchemaBuilder Add(string kind, string name)
    {
        FactsOf(kind, name);
        return this;
    }

    /// <summary>Adds a fact to an object.</summary>
    /// <param name="kind">What the object is, as one word.</param>
    /// <param name="name">The object's full name, as the database writes it.</param>
    /// <param name="fact">The fact.</param>
    public SchemaBuilder Add(string kind, string name, SchemaFact fact)
    {
        FactsOf(kind, name).Add(fact);
        return this;
    }

    /// <summary>Says that an object is there, and that there is more to it than its facts tell.</summary>
    /// <param name="kind">What it is, as one word.</param>
    /// <param name="name">Its full name.</param>
    public SchemaBuilder AddUncovered(string kind, string name) => Add(kind, name, SchemaObject.UncoveredFact);

    /// <summary>Makes the snapshot.</summary>
    /// <param name="database">The product and its major version: <c>PostgreSQL 17</c>.</param>
    /// <exception cref="ArgumentException">A kind is no single word, or a name is empty.</exception>
    public SchemaSnapshot Build(string database) =>
        new(database, _objects.Select(item => new SchemaObject(item.Key.Kind, item.Key.Name, item.Value)));

    private List<SchemaFact> FactsOf(string kind, string name)
    {
        if (!_objects.TryGetValue((kind, name), out var facts))
        {
            _objects.Add((kind, name), facts = []);
        }

        return facts;
    }
}
