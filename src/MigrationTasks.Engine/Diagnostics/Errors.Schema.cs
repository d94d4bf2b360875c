namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG6xxx: the schema.</content>
internal static partial class Errors
{
    /// <summary>MIG6001: a merge could not put two lock files together.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="line">Where the conflict is marked, counted from 1.</param>
    public static MigrationException SchemaLockConflict(string path, int line) =>
        Error("MIG6001", "The lock file has a conflict of a merge. It is made from the migrations: merge those, then delete the file and have it written anew.", new SourceLocation(path, line, 1));

    /// <summary>MIG6002: a line of a lock file cannot be understood.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="line">The line, counted from 1.</param>
    public static MigrationException SchemaLockMalformed(string path, int line) =>
        Error("MIG6002", "This line is not one that a lock file has. It is made from the migrations, and not to be edited: delete the file and have it written anew.", new SourceLocation(path, line, 1));

    /// <summary>MIG6003: a difference of two schemas that no statement can be written for.</summary>
    /// <param name="subject">What differs: <c>table orders</c>.</param>
    /// <param name="reason">Why it cannot be written: a sentence.</param>
    public static MigrationException SchemaChangeUnwritten(string subject, string reason) =>
        Error("MIG6003", $"No migration can be written for {PlainText.Of(subject)}: {reason} Write it by hand.");

    /// <summary>MIG6004: a rename that does not fit the schemas.</summary>
    /// <param name="rename">The rename, as it is asked for.</param>
    /// <param name="reason">Why it does not fit: a sentence.</param>
    public static MigrationException SchemaRenameUnfit(string rename, string reason) =>
        Error("MIG6004", $"The rename {PlainText.Of(rename)} does not fit: {reason}");
}
