using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Execution.Shadow;

/// <summary>What was found out about a migration on a shadow database.</summary>
/// <param name="Name">The migration.</param>
/// <param name="Checksum">All that it was found out of: when it differs, so may the rest.</param>
/// <param name="Changes">What it changed in the schema.</param>
/// <param name="Findings">What is wrong with it, or odd.</param>
internal sealed partial record MigrationProof(string Name, string Checksum, IReadOnlyList<SchemaDifference> Changes, IReadOnlyList<Diagnostic> Findings)
{
    private static readonly string Tool = typeof(MigrationProof).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>What the proof of a migration depends on, besides those before it: its file, its rollback, the values in them, and this program.</summary>
    /// <param name="migration">The migration.</param>
    public static string ChecksumOf(Migration migration)
    {
        using var rollback = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(migration.RollbackAsWritten ?? ""));
        return string.Join(' ', migration.Checksum, MigrationChecksum.Compute(rollback, out _), migration.Placeholders.Fingerprint, Tool);
    }

    /// <summary>Reads a proof that was kept.</summary>
    public static MigrationProof Read(string name, string checksum, string text)
    {
        var kept = JsonSerializer.Deserialize(text, Texts.Default.Kept)!;
        return new MigrationProof(name, checksum, [.. kept.Changes.Select(change => change.ToDifference())], kept.Findings);
    }

    /// <summary>Writes it, to be kept.</summary>
    public string Write() => JsonSerializer.Serialize(new Kept([.. Changes.Select(KeptChange.Of)], [.. Findings]), Texts.Default.Kept);

    internal sealed record Kept(List<KeptChange> Changes, List<Diagnostic> Findings);

    internal sealed record KeptFact(string Kind, string Name, string Payload, int Position)
    {
        public static KeptFact? Of(SchemaFact? fact) => fact is null ? null : new KeptFact(fact.Kind, fact.Name, fact.Payload, fact.Position);

        public SchemaFact ToFact() => new(Kind, Name, Payload) { Position = Position };
    }

    internal sealed record KeptChange(SchemaChange Change, string Kind, string Name, List<KeptFact> Facts, KeptFact? Before, KeptFact? After)
    {
        // Of an object that stays, what differs is all that is needed.
        public static KeptChange Of(SchemaDifference difference) => new(
            difference.Change,
            difference.Item.Kind,
            difference.Item.Name,
            difference is { Before: null, After: null } ? [.. difference.Item.Facts.Select(fact => KeptFact.Of(fact)!)] : [],
            KeptFact.Of(difference.Before),
            KeptFact.Of(difference.After));

        public SchemaDifference ToDifference() => new(Change, new SchemaObject(Kind, Name, Facts.Select(fact => fact.ToFact())), Before?.ToFact(), After?.ToFact());
    }

    [JsonSerializable(typeof(Kept))]
    internal sealed partial class Texts : JsonSerializerContext;
}
