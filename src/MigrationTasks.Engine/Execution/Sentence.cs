namespace MigrationTasks.Engine.Execution;

/// <summary>Ends what a server, a driver or a system says, so that more can be said after it.</summary>
internal static class Sentence
{
    /// <summary>Of a server that says nothing.</summary>
    public const string NoAnswer = "The server did not answer in time.";

    /// <summary>A message with a full stop, unless it has an end of its own.</summary>
    /// <param name="message">The message.</param>
    public static string Of(string message)
    {
        var text = message.Trim();
        return text is [.., '.' or '!' or '?'] ? text : $"{text}.";
    }
}
