namespace MigrationTasks.Engine.Schema;

/// <summary>A thing with a name of its own, such as a table, a view or a function, and all that is known of it.</summary>
public sealed class SchemaObject
{
    /// <summary>The fact of an object that there is more to it than its facts tell.</summary>
    internal static readonly SchemaFact UncoveredFact = new("uncovered");

    /// <summary>Creates an object.</summary>
    /// <param name="kind">What it is, as one word: <c>table</c>.</param>
    /// <param name="name">Its full name as the database writes it, with the schema where there are schemas, and quoted where it has to be: <c>public."my table"</c>.</param>
    /// <param name="facts">What is known of it, in any order; the same fact given twice is there once.</param>
    /// <exception cref="ArgumentException">The kind is no single word, or the name is empty.</exception>
    public SchemaObject(string kind, string name, IEnumerable<SchemaFact> facts)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(facts);
        SchemaKind.Check(kind);
        Kind = kind;
        Name = name;
        Facts = [.. facts.Distinct().Order(Comparer<SchemaFact>.Create(SchemaFact.Compare))];
    }

    /// <summary>What it is, as one word.</summary>
    public string Kind { get; }

    /// <summary>Its full name, as the database writes it.</summary>
    public string Name { get; }

    /// <summary>What is known of it, in an order that depends on nothing else.</summary>
    public IReadOnlyList<SchemaFact> Facts { get; }

    /// <summary>Whether there is more to it than its facts tell, because the reader cannot describe it: not every change of it would be noticed.</summary>
    public bool IsUncovered => Facts.Contains(UncoveredFact);

    /// <summary>The order by name, and by kind where several have the same name.</summary>
    internal static int Compare(SchemaObject first, SchemaObject second)
    {
        var order = string.CompareOrdinal(first.Name, second.Name);
        return order != 0 ? order : string.CompareOrdinal(first.Kind, second.Kind);
    }

    /// <summary>Its kind and its name: <c>table public.orders</c>.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
