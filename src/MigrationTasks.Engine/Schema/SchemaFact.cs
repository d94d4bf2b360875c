namespace MigrationTasks.Engine.Schema;

/// <summary>
/// The smallest thing that can be told of a schema: a column, a constraint, the rights of one grantee, a comment. Two facts of one
/// object with the same kind and name are the same thing, and the payload says how it is.
/// </summary>
public sealed record SchemaFact
{
    // How a reader looks at an object: what it is, what it is made of, what it says, who may use it, and what is said about it.
    private static readonly string[] First = ["owner"];
    private static readonly string[] Last =
        ["column", "attribute", "constraint", "index", "trigger", "rule", "policy", "definition", "grant", "revoke", "comment"];

    /// <summary>Creates a fact.</summary>
    /// <param name="kind">What it is, as one word: <c>column</c>.</param>
    /// <param name="name">What tells it from others of its kind in the same object; empty where there can be one only.</param>
    /// <param name="payload">How it is, as the database says it, in one or more lines; empty where all is said by its being there. How lines end does not count.</param>
    /// <exception cref="ArgumentException">The kind is no single word.</exception>
    public SchemaFact(string kind, string name = "", string payload = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(payload);
        SchemaKind.Check(kind);
        Kind = kind;
        Name = name;
        Payload = payload.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    /// <summary>What it is, as one word.</summary>
    public string Kind { get; }

    /// <summary>What tells it from others of its kind; empty where there can be one only.</summary>
    public string Name { get; }

    /// <summary>How it is, as the database says it. Lines end with LF.</summary>
    public string Payload { get; }

    /// <summary>Which of its kind it is in its object, where the database keeps an order; 0 where it keeps none, or where that is not known.</summary>
    public int Position { get; init; }

    /// <summary>Its kind and its name.</summary>
    internal string Label => Name.Length == 0 ? Kind : $"{Kind} {Name}";

    /// <summary>The order in which an object tells its facts; what position they have does not count.</summary>
    internal static int Compare(SchemaFact first, SchemaFact second)
    {
        var order = Rank(first.Kind).CompareTo(Rank(second.Kind));
        order = order != 0 ? order : string.CompareOrdinal(first.Kind, second.Kind);
        order = order != 0 ? order : string.CompareOrdinal(first.Name, second.Name);
        return order != 0 ? order : string.CompareOrdinal(first.Payload, second.Payload);
    }

    /// <summary>As a line: <c>column id: bigint not null</c>.</summary>
    public override string ToString() => Payload.Length == 0 ? Label : $"{Label}: {Payload}";

    private static int Rank(string kind) => Array.IndexOf(First, kind) >= 0 ? -1 : Array.IndexOf(Last, kind) + 1;
}
