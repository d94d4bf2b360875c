namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG6xxx: the schema.</content>
internal static partial class Errors
{
    /// <summary>The code of <see cref="NotVerified"/>.</summary>
    public const string NotVerifiedCode = "MIG6013";

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

    /// <summary>MIG6010: the user may not create the shadow database.</summary>
    /// <param name="target">The database by which the server is reached.</param>
    /// <param name="problem">What the server said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException ShadowForbidden(string target, string problem, Exception cause) =>
        Error("MIG6010", $"No shadow database can be created beside {target}: {problem} Migrations are verified in a database of their own, which is never the real one. Give the user the right to create databases, or name another server: put the connection to one that holds nothing of importance (a local one, a container) into a variable, and set -p:MigrateShadowVariable to the name of that variable.", cause: cause);

    /// <summary>MIG6011: a database has the name of the shadow, and is none.</summary>
    /// <param name="target">The database.</param>
    public static MigrationException ShadowNotOurs(string target) =>
        Error("MIG6011", $"The database {target} has the name of the shadow database, but was not made by MigrationTasks: it is left alone. Rename or remove it, or use another server for shadows: set -p:MigrateShadowVariable to the name of a variable with a connection to it.");

    /// <summary>MIG6012: nothing can be verified, because the database cannot do what that needs.</summary>
    /// <param name="database">What kind of database it is.</param>
    /// <param name="ability">What it would need: <c>be asked for its schema</c>.</param>
    public static MigrationException SchemaUnsupported(string database, string ability) =>
        Error("MIG6012", $"The adapter of {database} cannot {ability}, which this command needs.");

    /// <summary>MIG6013: a migration cannot be tried on the shadow, and those after it are not.</summary>
    /// <param name="place">Where the reason is.</param>
    /// <param name="reason">What follows "because".</param>
    /// <param name="after">How many migrations after it were not verified either.</param>
    public static Diagnostic NotVerified(SourceLocation place, string reason, int after) =>
        Warning(NotVerifiedCode, $"The migration was not verified, because {reason}.{after switch { 0 => "", 1 => " Nor was the one after it.", var count => $" Nor were the {count} after it." }} All before it was verified.", place);

    /// <summary>MIG6014: a rollback fails.</summary>
    /// <param name="name">The migration.</param>
    /// <param name="problem">What was wrong, and where.</param>
    public static Diagnostic RollbackFails(string name, Diagnostic problem) =>
        Problem("MIG6014", $"The rollback of {PlainText.Of(name)} fails on the shadow database: {problem.Message}", problem.Location);

    /// <summary>MIG6015: a rollback does not lead back.</summary>
    /// <param name="place">The rollback.</param>
    /// <param name="name">The migration.</param>
    /// <param name="differences">What differs from the schema before the migration.</param>
    public static Diagnostic RollbackLeavesTraces(SourceLocation place, string name, string differences) =>
        Problem("MIG6015", $"The rollback of {PlainText.Of(name)} does not lead back to the schema before it: {differences} Correct the rollback; where that is not possible, remove it, so that nobody relies on it.", place);

    /// <summary>MIG6016: a migration cannot be applied again after its rollback.</summary>
    /// <param name="place">The rollback.</param>
    /// <param name="name">The migration.</param>
    /// <param name="problem">What is wrong: a sentence.</param>
    public static Diagnostic NotRepeatable(SourceLocation place, string name, string problem) =>
        Problem("MIG6016", $"After its rollback, {PlainText.Of(name)} does not lead to the same schema again: {problem}", place);

    /// <summary>MIG6017: the lock file is not what the migrations make.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="differences">What differs.</param>
    public static Diagnostic SchemaLockStale(string path, string differences) =>
        Problem("MIG6017", $"The lock file is not the schema that the migrations make: {differences} Run -t:MigrateSchema to write it anew, and commit it together with the migrations.", new SourceLocation(path));

    /// <summary>MIG6018: something in the database is not as the migrations make it.</summary>
    /// <param name="target">The database.</param>
    /// <param name="place">The folder of the migrations.</param>
    /// <param name="difference">What differs: a sentence.</param>
    public static Diagnostic Drift(string target, SourceLocation place, string difference) =>
        Problem("MIG6018", $"{target} is not as its migrations make it: {difference} Somebody changed it by hand. Take the change back, or make a migration of it.", place);

    /// <summary>MIG6019: two schemas were not compared.</summary>
    /// <param name="place">The file or folder that it is about.</param>
    /// <param name="subject">What was not compared: <c>The lock file</c>.</param>
    /// <param name="reason">What follows "because".</param>
    public static Diagnostic NotCompared(SourceLocation place, string subject, string reason) =>
        Warning("MIG6019", $"{subject} was not compared with the migrations, because {reason}.", place);

    /// <summary>MIG6020: a statement was left out on the shadow.</summary>
    /// <param name="place">The statement.</param>
    /// <param name="statement">Its first words.</param>
    /// <param name="reason">What follows "because".</param>
    public static Diagnostic LeftOutOnShadow(SourceLocation place, string statement, string reason) =>
        Warning("MIG6020", $"{PlainText.Of(statement)} was left out on the shadow database, because {reason}. It was not verified.", place);

    /// <summary>MIG6021: the lock file cannot be written.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="problem">What the system said: a sentence.</param>
    /// <param name="cause">What was thrown.</param>
    public static MigrationException SchemaLockUnwritable(string path, string problem, Exception cause) =>
        Error("MIG6021", $"The lock file cannot be written: {problem}", new SourceLocation(path), cause);

    /// <summary>MIG6022: there is no server for a shadow database.</summary>
    /// <param name="variable">The variable that would lead to one, and is not set.</param>
    /// <param name="isAsked">Whether the project names it for that.</param>
    public static MigrationException ShadowNowhere(string variable, bool isAsked) => isAsked
        ? Error("MIG6022", $"MigrateShadowVariable names {variable}, which is not set. Set it to a connection to a server where shadow databases may be created, such as a local one or a container.")
        : Error("MIG6022", $"Migrations are verified in a shadow database, and there is no server for it: {variable} is not set. Set it to a connection to a server where the user may create databases (a local one, a container), or put one for that alone into another variable, and set -p:MigrateShadowVariable to its name.");
}
