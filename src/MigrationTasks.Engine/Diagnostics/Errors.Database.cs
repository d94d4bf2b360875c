using System.Globalization;
using System.Runtime.InteropServices;

namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG4xxx: the database.</content>
internal static partial class Errors
{
    internal const string Unreachable = "MIG4001";

    /// <summary>MIG4001: the server cannot be reached.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that names it.</param>
    /// <param name="problem">What the system said.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next; when omitted, what helps where nobody answers.</param>
    public static MigrationException ConnectionFailed(string target, string variable, string problem, Exception? cause, string? next = null) =>
        Error(Unreachable, $"Cannot connect to {PlainText.Of(target)}: {PlainText.Of(problem)} {PlainText.Of(next ?? $"Is the server running, and is the address in {variable} right?")}", cause: cause);

    /// <summary>MIG4002: the server refused the user or the password.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that holds them.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next; when omitted, what helps where the password is wrong.</param>
    public static MigrationException AuthenticationFailed(string target, string variable, string problem, Exception? cause, string? next = null) =>
        Error("MIG4002", $"{PlainText.Of(target)} refused the login: {PlainText.Of(problem)} {PlainText.Of(next ?? $"Check the user and the password in {variable} (special characters of a URL are percent-encoded).")}", cause: cause);

    /// <summary>MIG4003: the server has no such database.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that names it.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DatabaseNotFound(string target, string variable, string problem, Exception? cause) =>
        Error("MIG4003", $"Cannot open {PlainText.Of(target)}: {PlainText.Of(problem)} Create the database, or correct its name in {PlainText.Of(variable)}.", cause: cause);

    /// <summary>MIG4004: no encrypted connection as asked for.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that holds the mode.</param>
    /// <param name="problem">What went wrong.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="settings">What of the connection decides about it.</param>
    public static MigrationException TlsFailed(string target, string variable, string problem, Exception? cause, string settings = "sslmode and sslrootcert") =>
        Error("MIG4004", $"No encrypted connection to {PlainText.Of(target)}: {PlainText.Of(problem)} Check {settings} in {PlainText.Of(variable)}.", cause: cause);

    /// <summary>MIG4005: the database refused a statement of a migration.</summary>
    /// <param name="location">The place in the file, as exactly as the server tells.</param>
    /// <param name="problem">What the server said: message, code, detail, hint.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException StatementFailed(SourceLocation location, string problem, string consequence, Exception? cause) =>
        Error("MIG4005", $"{PlainText.Of(problem)} {PlainText.Of(consequence)}".TrimEnd(), location, cause);

    /// <summary>MIG4006: the connection broke during the run.</summary>
    /// <param name="location">The migration that was running.</param>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="problem">What the system said.</param>
    /// <param name="standing">What is done for certain.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException ConnectionLost(SourceLocation location, string target, string problem, string standing, Exception? cause, string next = Complete) =>
        Error("MIG4006", $"The connection to {PlainText.Of(target)} broke: {PlainText.Of(problem)} {PlainText.Of(standing)} {next}", location, cause);

    /// <summary>MIG4007: the run was cancelled.</summary>
    /// <param name="location">The migration that was running, if one was.</param>
    /// <param name="inTransaction">Whether it ran in a transaction.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException Cancelled(SourceLocation location, bool inTransaction = true, string next = Complete) =>
        Error("MIG4007", (location.File is null, inTransaction) switch
        {
            (true, _) => $"The run was cancelled while no migration was running. {next}",
            (_, true) => $"The run was cancelled: the running statement was stopped, and what its transaction had done was undone. {next}",
            _ => "The run was cancelled: the running statement was stopped. This migration runs outside a transaction, so what it had done by then stays; the next run says how to continue.",
        }, location);

    /// <summary>MIG4008 (warning): what a migration made the server warn about.</summary>
    /// <param name="location">The migration.</param>
    /// <param name="text">The server's warning.</param>
    public static Diagnostic ServerWarning(SourceLocation location, string text) =>
        Warning("MIG4008", PlainText.Of(text), location);

    /// <summary>MIG4009: rows break a foreign key at the end of a migration.</summary>
    /// <param name="location">The migration.</param>
    /// <param name="violations">The broken references.</param>
    /// <param name="consequence">What became of the migration, and what to do.</param>
    public static MigrationException ForeignKeys(SourceLocation location, string violations, string consequence) =>
        Error("MIG4009", $"Rows break a foreign key: {PlainText.Of(violations)}. {consequence}", location);

    /// <summary>MIG4010: the database can be read but not written.</summary>
    /// <param name="target">The database.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="check">Where to look for the reason; when omitted, where a server may have it.</param>
    public static MigrationException ReadOnly(string target, string problem, Exception? cause, string check = "that the address is the primary server's, and that neither the database nor the user is set to read only") =>
        Error("MIG4010", $"{PlainText.Of(target)} cannot be written: {PlainText.Of(problem)} Check {check}.", cause: cause);

    /// <summary>MIG4011: there is no room left for the database.</summary>
    /// <param name="location">The migration that was running.</param>
    /// <param name="target">The database.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="consequence">What became of the migration, if one was running.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DiskFull(SourceLocation location, string target, string problem, string consequence, Exception? cause) =>
        Error("MIG4011", $"The disk of {PlainText.Of(target)} is full: {PlainText.Of($"{problem} {consequence}")} Free some room and run again.", location, cause);

    /// <summary>MIG4012: a statement ran longer than <c>MigrateCommandTimeout</c>.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="what">What ran.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException CommandTimeout(
        SourceLocation location, TimeSpan? limit, string consequence, Exception? cause, string what = "statement", string next = "Allow more with -p:MigrateCommandTimeout=seconds.") =>
        Error("MIG4012", $"The {what} ran longer than {(limit is { } time ? $"{time.TotalSeconds:0.###} s" : "the server allows")} and was stopped. {PlainText.Of(consequence)} {next}", location, cause);

    /// <summary>MIG4013: the database refused a statement of MigrationTasks itself.</summary>
    /// <param name="target">The database.</param>
    /// <param name="action">What was being done, such as <c>reading the history</c>.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException DatabaseRefused(
        string target, string action, string problem, Exception? cause, string next = "Has the user the rights to create and change tables there?") =>
        Error("MIG4013", $"{PlainText.Of(target)} refused {action}: {PlainText.Of(problem)} {PlainText.Of(next)}", cause: cause);

    /// <summary>MIG4014: a lock that a statement needs was not to be had, however often it was tried.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="problem">What the server said, and what the lock is on.</param>
    /// <param name="holders">Who stands in the way, as far as that could be seen.</param>
    /// <param name="tries">How often it was tried, and for how long.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next; when omitted, what helps where locks are waited for.</param>
    public static MigrationException StatementLockTimeout(SourceLocation location, string problem, string holders, string tries, string consequence, Exception? cause, string? next = null) =>
        Error("MIG4014", $"{PlainText.Of(problem)} {PlainText.Of(holders)} {tries} {PlainText.Of(consequence)} {next ?? "Run again when the lock is free. To try more often, set -p:MigrateStatementLockRetries; to wait longer each time, -p:MigrateStatementLockTimeout=seconds, or '-- Lock timeout: 10s' at the top of the file."}", location, cause);

    /// <summary>MIG4015 (warning): an invalid index that an earlier attempt left was dropped.</summary>
    /// <param name="location">The statement that made it, and makes it anew.</param>
    /// <param name="index">The index, with its schema.</param>
    public static Diagnostic InvalidIndexDropped(SourceLocation location, string index) =>
        Warning("MIG4015", $"An earlier attempt at this statement left the invalid index {PlainText.Of(index)}. It was dropped before the statement ran again.", location);

    /// <summary>MIG4016: the index that a statement should build is there already, but invalid.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="index">The index, with its schema.</param>
    /// <param name="consequence">What became of the migration.</param>
    public static MigrationException InvalidIndexKept(SourceLocation location, string index, string consequence) =>
        Error("MIG4016", $"The index {PlainText.Of(index)} is there already, but invalid: an attempt to build it failed, and no query uses it. {PlainText.Of(consequence)} Run again to have it dropped and built anew.", location);

    /// <summary>MIG4029: sessions of the database read a backslash in plain strings otherwise than files are split.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that names it.</param>
    public static MigrationException StringsNotStandard(string target, string variable) =>
        Error("MIG4029", $"{PlainText.Of(target)} has standard_conforming_strings off, for all or for this user: a backslash escapes in plain strings there, and migrations are read as with the default, which is on. Add options=-c%20standard_conforming_strings=on to the URL in {PlainText.Of(variable)}, or ALTER ROLE … SET standard_conforming_strings = on for this user. A file that means it otherwise says so itself, with SET standard_conforming_strings = off at its top.");

    /// <summary>MIG4028: the database refused a statement because a transaction is open.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="next">What to do next.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException RefusedInTransaction(SourceLocation location, string problem, string consequence, string next, Exception? cause) =>
        Error("MIG4028", $"{PlainText.Of($"{problem} {consequence}").TrimEnd()} {next}", location, cause);

    /// <summary>MIG4017 (warning): a dry run cannot tell whether a migration would be applied.</summary>
    /// <param name="path">The migration's file.</param>
    /// <param name="reason">Why: a sentence without its first capital and its full stop.</param>
    public static Diagnostic NotTried(string path, string reason) =>
        Warning("MIG4017", $"This migration was not tried: {PlainText.Of(reason)}. What comes after it was tried without it.", new SourceLocation(path));

    /// <summary>MIG4018 (warning): a migration failed in a dry run, perhaps for lack of what was not tried.</summary>
    /// <param name="problem">What it failed with.</param>
    /// <param name="untried">The names of what was not tried.</param>
    public static Diagnostic PerhapsFailed(Diagnostic problem, string untried)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Warning("MIG4018", $"{problem.Message} Whether a run would fail too is not certain: {PlainText.Of(untried)} may bring what is missing here, and was not tried.", problem.Location);
    }

    /// <summary>MIG4024: a statement is longer than the server takes.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="limit">How many the server takes.</param>
    /// <param name="setting">The server's setting that says so.</param>
    public static MigrationException StatementTooLong(SourceLocation location, long length, long limit, string setting) => Error(
        "MIG4024",
        string.Create(CultureInfo.InvariantCulture, $"This statement has {length:N0} bytes, but the server takes at most {limit:N0} ({PlainText.Of(setting)}). It was not sent. Write its rows in several statements, or raise that setting on the server."),
        location);

    /// <summary>MIG4031: a server was waited for, and never was there.</summary>
    /// <param name="last">What the last attempt to connect met.</param>
    /// <param name="attempts">How many there were.</param>
    /// <param name="limit">How long it was waited for.</param>
    public static MigrationException NeverThere(MigrationException last, int attempts, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(last);
        return Error("MIG4031", $"{last.Diagnostics[0].Message} It was tried {attempts} times in {limit.TotalSeconds:0.#} s; to wait longer, set -p:MigrateConnectTimeout=seconds.", cause: last);
    }

    /// <summary>MIG4034: a native library that a database needs cannot be loaded.</summary>
    /// <param name="library">The library.</param>
    /// <param name="cause">What the runtime threw.</param>
    /// <param name="advice">What to do about it: sentences.</param>
    public static MigrationException NativeLibraryMissing(string library, Exception cause, string advice)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return Error("MIG4034", $"{PlainText.Of(Capitalized(library))} cannot be loaded on this system ({RuntimeInformation.RuntimeIdentifier}): {PlainText.Of(LoaderProblem(cause.Message))}. {PlainText.Of(advice)}", cause: cause);
    }

    // The runtime tries several files, and says of each on a line of its own why not: as a rule, that there is none.
    private static string LoaderProblem(string message)
    {
        var reasons = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).ToList();
        return (reasons.Find(reason => !reason.Contains("no such file", StringComparison.OrdinalIgnoreCase)) ?? "it is not there").TrimEnd('.');
    }

    private static string Capitalized(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
