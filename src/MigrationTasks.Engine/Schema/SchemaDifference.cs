using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>What becomes of an object or a fact.</summary>
public enum SchemaChange
{
    /// <summary>It is in the second schema only.</summary>
    Added,

    /// <summary>It is in the first schema only.</summary>
    Removed,

    /// <summary>It is in both, and is not the same.</summary>
    Changed,

    /// <summary>The facts of one kind are in both, in another order. That is worth a word, and no error: nothing but <c>SELECT *</c> and <c>INSERT</c> without columns sees it.</summary>
    Reordered,
}

/// <summary>One difference between two schemas.</summary>
/// <param name="Change">What becomes of it.</param>
/// <param name="Item">The object: as it is in the second schema, or in the first where it is removed.</param>
/// <param name="Before">The fact in the first schema; <see langword="null"/> where it is added, or where the object itself is added or removed.</param>
/// <param name="After">The fact in the second schema; <see langword="null"/> where it is removed, or where the object itself is added or removed.</param>
public sealed record SchemaDifference(SchemaChange Change, SchemaObject Item, SchemaFact? Before, SchemaFact? After)
{
    private const int MostTold = 5;

    /// <summary>What differs, as one line without the payload: <c>table public.orders, column total</c>.</summary>
    public string Subject => (After ?? Before) is { } fact ? $"{Item}, {(Change == SchemaChange.Reordered ? $"{fact.Kind}s" : fact.Label)}" : Item.ToString();

    /// <summary>The difference with the payloads that it is about, for people to read.</summary>
    public override string ToString() => Change switch
    {
        SchemaChange.Added => $"{Subject} is added{Payload(After)}",
        SchemaChange.Removed => $"{Subject} is removed{Payload(Before)}",
        SchemaChange.Changed => $"{Subject} is changed from {Said(Before)} to {Said(After)}",
        _ => $"{Subject} are in another order",
    };

    /// <summary>What differs, in words: what is there, and should not be, and the other way round; nothing where only an order does.</summary>
    /// <param name="differences">What would have to change.</param>
    internal static string? Tell(IReadOnlyList<SchemaDifference> differences)
    {
        var real = differences.Where(difference => difference.Change != SchemaChange.Reordered).ToList();
        if (real.Count == 0)
        {
            return null;
        }

        var told = real.Take(MostTold).Select(difference => difference.Change switch
        {
            SchemaChange.Added => $"{PlainText.Of(difference.Subject)} is missing",
            SchemaChange.Removed => $"{PlainText.Of(difference.Subject)} is left",
            _ => $"{PlainText.Of(difference.Subject)} is {PlainText.Of(difference.Before?.Payload ?? "")} instead of {PlainText.Of(difference.After?.Payload ?? "")}",
        });
        return $"{string.Join("; ", told)}{(real.Count > MostTold ? $"; and {real.Count - MostTold} more" : "")}.";
    }

    private static string Said(SchemaFact? fact) => fact is { Payload.Length: > 0 } ? fact.Payload : "nothing";

    private static string Payload(SchemaFact? fact) => fact is { Payload.Length: > 0 } ? $": {fact.Payload}" : "";
}
