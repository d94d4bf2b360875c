using System.Globalization;
using MongoDB.Bson;

namespace MigrationTasks.Adapters.MongoDb;

/// <summary>A write of a command that failed: the server says so in a reply that otherwise is a success.</summary>
/// <param name="message">What the server said.</param>
/// <param name="code">Its code.</param>
internal sealed class CommandFailure(string message, int code) : Exception(message)
{
    /// <summary>The server's code.</summary>
    public int Code => code;

    /// <exception cref="CommandFailure">The reply has an error.</exception>
    public static void Check(BsonDocument reply)
    {
        if (reply.TryGetValue("writeErrors", out var errors) && errors is BsonArray { Count: > 0 } list && list[0] is BsonDocument first)
        {
            var more = list.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {list.Count - 1} more");
            throw Of(first, $" (document {first.GetValue("index", 0).ToInt32() + 1} of the command{more})");
        }

        if (reply.TryGetValue("writeConcernError", out var concern) && concern is BsonDocument error)
        {
            throw Of(error, "");
        }
    }

    private static CommandFailure Of(BsonDocument error, string where)
    {
        var code = error.GetValue("code", 0).ToInt32();
        return new CommandFailure($"{error.GetValue("errmsg", "the write failed").AsString}{where} (code {code.ToString(CultureInfo.InvariantCulture)})", code);
    }
}
