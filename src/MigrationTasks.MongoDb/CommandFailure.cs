using System.Globalization;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>A write of a command that failed: the server says so in a reply that otherwise is a success.</summary>
/// <param name="message">What the server said.</param>
/// <param name="code">Its code.</param>
/// <param name="isPartlyDone">Whether the command did something before it failed.</param>
internal sealed class CommandFailure(string message, int code, bool isPartlyDone) : Exception(message)
{
    // How many documents were inserted or deleted, matched, changed.
    private static readonly string[] Counts = ["n", "nModified"];

    /// <summary>The server's code.</summary>
    public int Code => code;

    /// <summary>Whether the command did something before it failed, which stands outside a transaction.</summary>
    public bool IsPartlyDone => isPartlyDone;

    /// <exception cref="CommandFailure">The reply has an error.</exception>
    public static void Check(BsonDocument reply)
    {
        if (reply.TryGetValue("writeErrors", out var errors) && errors is BsonArray { Count: > 0 } list && list[0] is BsonDocument first)
        {
            var code = first.GetValue("code", 0).ToInt32();
            var more = list.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {list.Count - 1} more");
            var where = $" (document {first.GetValue("index", 0).ToInt32() + 1} of the command{more})";
            var isPartlyDone = Array.Exists(Counts, count => reply.GetValue(count, 0).ToInt64() > 0) || reply.Contains("upserted");
            throw new CommandFailure($"{first.GetValue("errmsg", "the write failed").AsString}{where} (code {code.ToString(CultureInfo.InvariantCulture)})", code, isPartlyDone);
        }
    }
}
