namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG2036 and MIG2037: scripts that would hit the tables in which MigrationTasks keeps what is applied.</content>
internal static partial class Errors
{
    /// <summary>MIG2036: a script would drop, empty or rename the history, or what holds it.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>DROP TABLE</c>.</param>
    /// <param name="effect">What it would do, and what would come of it: the end of a sentence.</param>
    /// <param name="advice">How that is put right, in sentences.</param>
    internal static Diagnostic HistoryRemoved(SourceLocation location, string statement, string effect, string advice) =>
        Problem("MIG2036", $"{PlainText.Of(statement)} would {PlainText.Of(effect)} {PlainText.Of(advice)}", location);

    /// <summary>MIG2036: a script has removed the history by what it calls, and the database took it back.</summary>
    /// <param name="location">The script; its statement, where that is known.</param>
    /// <param name="table">The history table.</param>
    /// <param name="consequence">What became of the script.</param>
    /// <param name="cause">What the database said.</param>
    public static MigrationException HistoryRemovedByCall(SourceLocation location, string table, string consequence, Exception cause) =>
        Error("MIG2036", $"This removed {PlainText.Of(table)}, where MigrationTasks keeps what is applied, by something that it calls: a function, a block or a trigger. {PlainText.Of(consequence)} Take that out.", location, cause);

    /// <summary>MIG2037: a script would create the history, or put rows into it.</summary>
    /// <inheritdoc cref="HistoryRemoved"/>
    internal static Diagnostic HistoryBrought(SourceLocation location, string statement, string effect, string advice) =>
        Problem("MIG2037", $"{PlainText.Of(statement)} would {PlainText.Of(effect)} {PlainText.Of(advice)}", location);
}
