using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>
/// The lock file: a schema as text that people read in a review and git can merge. One thing a line, sorted, and nothing in it that
/// changes with every migration; the order of columns is not in it.
/// </summary>
/// <remarks>
/// <code>
/// database PostgreSQL 17
///
/// table public.orders
///   column id: bigint not null
///   constraint orders_pkey: PRIMARY KEY (id)
///
/// view public.ids
///   definition:
///   | SELECT orders.id
///   |   FROM public.orders;
/// </code>
/// </remarks>
public static class SchemaLock
{
    internal const string DatabaseKeyword = "database ";
    internal const string Indent = "  ";
    internal const string BodyMark = "  |";

    /// <summary>Writes a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="writer">Takes the text, whose lines end with LF.</param>
    public static void Write(SchemaSnapshot schema, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"{DatabaseKeyword}{schema.Database}\n");
        foreach (var item in schema.Objects)
        {
            writer.Write($"\n{item.Kind} {LockName.Write(item.Name)}\n");
            foreach (var fact in item.Facts)
            {
                WriteFact(fact, writer);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> has written, whatever its lines end with.</summary>
    /// <param name="path">The file, as messages name it.</param>
    /// <param name="reader">Its text.</param>
    /// <exception cref="MigrationException">MIG6001 for a conflict of a merge; MIG6002 for a line that cannot be understood.</exception>
    public static SchemaSnapshot Read(string path, TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(reader);
        return new SchemaLockReader(path, reader).Read();
    }

    private static void WriteFact(SchemaFact fact, TextWriter writer)
    {
        writer.Write($"{Indent}{fact.Kind}{(fact.Name.Length == 0 ? "" : $" {LockName.WriteFact(fact.Name)}")}");
        if (IsPlain(fact.Payload))
        {
            writer.Write(fact.Payload.Length == 0 ? "\n" : $": {fact.Payload}\n");
            return;
        }

        writer.Write(":\n");
        foreach (var line in fact.Payload.Split('\n'))
        {
            writer.Write(line.Length == 0 ? $"{BodyMark}\n" : $"{BodyMark} {line}\n");
        }
    }

    // Editors and git take white space away at the end of a line.
    private static bool IsPlain(string payload) => !payload.Contains('\n', StringComparison.Ordinal) && payload.Trim().Length == payload.Length;
}
