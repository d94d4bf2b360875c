using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>The scripts beside the tests, and how the tests tell what they found.</summary>
internal static class SchemaScript
{
    public static string Read(string name)
    {
        using var stream = typeof(SchemaScript).Assembly.GetManifestResourceStream($"{name}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The changes of a script, one a line.</summary>
    public static IEnumerable<string> Changes(string name) => Read(name).Split('\n').Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal));

    /// <summary>A change, and below it what is told of it.</summary>
    public static string Tell(string change, IEnumerable<SchemaDifference> differences) =>
        string.Concat(differences.Select(difference => $"    {difference.ToString().Replace("\n", "\n    ", StringComparison.Ordinal)}\n").Prepend($"{change}\n"));

    public static string Lock(SchemaSnapshot schema)
    {
        var text = new StringWriter();
        SchemaLock.Write(schema, text);
        return text.ToString();
    }

    /// <summary>Nothing is told of two schemas.</summary>
    public static void AreSame(SchemaSnapshot before, SchemaSnapshot after) => Assert.AreEqual("", string.Join('\n', before.DifferencesTo(after)));

    /// <summary>A lock file gives the same schema back, and is as approved.</summary>
    public static void IsLocked(SchemaSnapshot schema, string golden)
    {
        var text = Lock(schema);
        AreSame(schema, SchemaLock.Read("schema.lock", new StringReader(text)));
        Golden.GoldenFile.IsApproved(golden, text);
    }
}
