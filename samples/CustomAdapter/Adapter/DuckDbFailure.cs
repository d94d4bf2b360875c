using System.Text.Json;
using DuckDB.NET.Data;

namespace DuckDbSample;

/// <summary>What DuckDB said instead of doing what it was asked to.</summary>
/// <param name="Problem">Its words: a sentence.</param>
/// <param name="Offset">The byte of the statement where the error is, or -1.</param>
public sealed record DuckDbFailure(string Problem, int Offset)
{
    /// <summary>The setting that makes a session tell errors as JSON: the text alone does not say where they are.</summary>
    public const string Setting = "SET errors_as_json = true";

    public static DuckDbFailure Of(DuckDBException exception)
    {
        var start = exception.Message.IndexOf('{');
        try
        {
            using var json = JsonDocument.Parse(start < 0 ? "{}" : exception.Message[start..]);
            return json.RootElement.TryGetProperty("exception_message", out var message)
                ? new DuckDbFailure($"{json.RootElement.GetProperty("exception_type").GetString()} error: {Sentence(message.GetString()!)}", OffsetIn(json.RootElement))
                : new DuckDbFailure(Sentence(exception.Message), -1);
        }
        catch (JsonException)
        {
            return new DuckDbFailure(Sentence(exception.Message), -1);
        }
    }

    private static int OffsetIn(JsonElement error) =>
        error.TryGetProperty("position", out var position) && int.TryParse(position.GetString(), out var offset) ? offset : -1;

    private static string Sentence(string text) => text.TrimEnd().EndsWith('.') ? text.TrimEnd() : $"{text.TrimEnd()}.";
}
