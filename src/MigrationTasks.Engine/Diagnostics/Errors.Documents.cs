namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG2031 to MIG2035: migrations that are JSON.</content>
internal static partial class Errors
{
    /// <summary>MIG2031: a file is not valid JSON.</summary>
    /// <param name="location">Where it stops being so.</param>
    /// <param name="problem">What is wrong there: a sentence.</param>
    public static MigrationException InvalidJson(SourceLocation location, string problem) =>
        Error("MIG2031", $"This is not valid JSON: {PlainText.Of(problem)} Comments and trailing commas are not part of JSON either.", location);

    /// <summary>MIG2032: a document has two fields of one name.</summary>
    /// <param name="location">Where the second one stands.</param>
    /// <param name="name">The name.</param>
    public static MigrationException DuplicateField(SourceLocation location, string name) =>
        Error("MIG2032", $"This document has the field '{PlainText.Of(name)}' twice, and only one of them would count. Remove or rename one.", location);

    /// <summary>MIG2033: a <c>$migration</c> document does not stand where it must, or has a field that means nothing.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="problem">What is wrong, and what to do: sentences.</param>
    public static MigrationException MigrationDocument(SourceLocation location, string problem) =>
        Error("MIG2033", PlainText.Of(problem), location);

    /// <summary>MIG2033: a <c>$migration</c> document has a field that means nothing.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="known">The fields that there are.</param>
    public static MigrationException UnknownMigrationField(SourceLocation location, string name, IReadOnlyCollection<string> known) =>
        Error("MIG2033", $"'{PlainText.Of(name)}' is no field of $migration.{Suggestion(name, known)} It has: {string.Join(", ", known)}.", location);

    /// <summary>MIG2034: what stands in the place of a command is none, or a value of it cannot be one.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="problem">What is wrong, and what to do: sentences.</param>
    public static MigrationException NotACommand(SourceLocation location, string problem) =>
        Error("MIG2034", PlainText.Of(problem), location);

    /// <summary>MIG2035: a command that a migration must not run.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="name">The command, or the field of it.</param>
    /// <param name="problem">Why, and what to do: sentences.</param>
    public static MigrationException CommandNotAllowed(SourceLocation location, string name, string problem) =>
        Error("MIG2035", $"{PlainText.Of(name)} is not allowed in a migration: {PlainText.Of(problem)}", location);

    // MIG4021 to MIG4023: databases of documents

    /// <summary>MIG4021: the run lock was lost while the run held it.</summary>
    /// <param name="location">The migration that was running, if one was.</param>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="problem">How it came about.</param>
    /// <param name="consequence">What became of the migration, if one was running.</param>
    public static MigrationException RunLockLost(SourceLocation location, string target, string problem, string consequence) =>
        Error("MIG4021", $"The lock of this run on {PlainText.Of(target)} was lost: {PlainText.Of(problem)} The run stopped, so that no other works beside it. {PlainText.Of($"{consequence} {Complete}".TrimStart())}", location);

    /// <summary>MIG4022: a transaction was too large or too slow for the server.</summary>
    /// <param name="location">The command.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException TransactionLimit(SourceLocation location, string problem, string consequence, Exception? cause) =>
        Error("MIG4022", $"The server ended the transaction, which was too large for it or took too long: {PlainText.Of(problem)} {PlainText.Of(consequence)} Split the migration, or let it run without one: \"transaction\": \"none\" in its $migration document.", location, cause);

    /// <summary>MIG4033: a transaction is committed, and too few members of the replica set confirmed it in time.</summary>
    /// <param name="location">The script.</param>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException CommitUnconfirmed(SourceLocation location, string target, string problem, Exception? cause) =>
        Error("MIG4033", $"{PlainText.Of(target)} committed the last transaction, but too few members of the replica set confirmed that: {PlainText.Of(problem)} It stays committed unless the primary fails before they have it. See that a majority of the members runs and keeps up (rs.status() in mongosh), then run again: the history tells what was applied.", location, cause);

    /// <summary>MIG4023: a transaction is asked for, and the server has none.</summary>
    /// <param name="target">The database, without secrets.</param>
    public static MigrationException NoTransactions(string target) =>
        Error("MIG4023", $"{PlainText.Of(target)} has no transactions: it is a single server. Make it a replica set (one member is enough).");
}
