using System.Text.Json;

namespace MigrationTasks.Adapters.MongoDb;

/// <summary>Writes values as mongosh reads them, for commands that somebody is told to run.</summary>
internal static class MongoShell
{
    /// <summary>A text in quotes.</summary>
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
