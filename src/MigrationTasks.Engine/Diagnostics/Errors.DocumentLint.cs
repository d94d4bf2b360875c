namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG5xxx in the words of MongoDB: what may hurt a database in use, though it is correct. All of them are warnings.</content>
internal static partial class Errors
{
    // MIG500x: indexes

    /// <summary>MIG5005 (warning): a unique index is built over documents that may not be unique.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic UniqueIndexMayFail(SourceLocation location, string collection) =>
        Warning("MIG5005", $"This fails when two documents of {PlainText.Of(collection)} have the same key, and what the migration did before it stays. Create the index without unique, let collMod set prepareUnique, which keeps new duplicates out (MongoDB 6.0), remove those that are there, and let collMod set unique. If the collection is new, create it in this migration.", location);

    /// <summary>MIG5006 (warning): an index is dropped that was not hidden before.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="index">The index; <see langword="null"/> for all of them.</param>
    public static Diagnostic IndexDropped(SourceLocation location, string collection, string? index) =>
        Warning("MIG5006", $"A query that needs {(index is null ? "one of these indexes" : PlainText.Of(index))} reads all of {PlainText.Of(collection)} from now on, until the index is built again. Hide it first, in an earlier migration, by collMod with \"hidden\": true, which can be reversed at once; drop it when nothing has needed it.", location);

    // MIG502x: what documents must be

    /// <summary>MIG5021 (warning): a validator is set that documents which are there may not fit.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic ValidatorForExisting(SourceLocation location, string collection) =>
        Warning("MIG5021", $"The documents of {PlainText.Of(collection)} are not checked now, but one that does not fit cannot be updated any more. Set \"validationLevel\": \"moderate\", which leaves those alone, or \"validationAction\": \"warn\" at first; correct them, and set it strictly in a later migration.", location);

    // MIG503x: what the running application still uses

    /// <summary>MIG5030 (warning): a collection is dropped.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic CollectionDropped(SourceLocation location, string collection) =>
        Warning("MIG5030", $"The documents and indexes of {PlainText.Of(collection)} are lost. An application that still uses it finds nothing, and makes it anew, without indexes, when it writes. Drop it when no running version does, and say so in $migration: \"lint\": \"ignore MIG5030 and why\".", location);

    /// <summary>MIG5031 (warning): a field is removed from all documents.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="field">The field.</param>
    public static Diagnostic FieldRemoved(SourceLocation location, string collection, string field) =>
        Warning("MIG5031", $"The values of {PlainText.Of(collection)}.{PlainText.Of(field)} are lost, and an application that still uses it finds none. Remove it when no running version does, and say so in $migration: \"lint\": \"ignore MIG5031 and why\".", location);

    /// <summary>MIG5032 (warning): a collection is renamed.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="to">Its new name.</param>
    public static Diagnostic CollectionRenamed(SourceLocation location, string collection, string to) =>
        Warning("MIG5032", $"An application that still uses {PlainText.Of(collection)} finds nothing, and makes it anew when it writes. If it only reads, create a view of the old name on {PlainText.Of(to)} in this migration; if not, let it write both, copy the rest, and drop the old one when no running version uses it.", location);

    /// <summary>MIG5033 (warning): a field is renamed in all documents.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="field">The field.</param>
    /// <param name="to">Its new name.</param>
    public static Diagnostic FieldRenamed(SourceLocation location, string collection, string field, string to) =>
        Warning("MIG5033", $"An application that still uses {PlainText.Of(collection)}.{PlainText.Of(field)} finds none. Let it write both, set {PlainText.Of(to)} where it is missing, bit by bit, and remove the old one when no running version uses it.", location);

    /// <summary>MIG5035 (warning): a database is dropped.</summary>
    /// <param name="location">Where.</param>
    public static Diagnostic DatabaseDropped(SourceLocation location) =>
        Warning("MIG5035", "Every collection of the database is lost, and on the connection's database the history and the lock of this very run are among them. Drop the collections that are meant, each by its name.", location);

    // MIG504x: documents

    /// <summary>MIG5040 (warning): all documents of a collection are deleted.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic DocumentsDeleted(SourceLocation location, string collection) =>
        Warning("MIG5040", $"This deletes every document of {PlainText.Of(collection)}. If that is meant, say why in $migration: \"lint\": \"ignore MIG5040 and why\"; if not, say in q which.", location);

    /// <summary>MIG5040 (warning): the result of an aggregation takes the place of all documents of a collection.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic DocumentsReplaced(SourceLocation location, string collection) =>
        Warning("MIG5040", $"$out replaces every document of {PlainText.Of(collection)} by the result: what is not in it, or is written meanwhile, is lost. Use $merge, or say in $migration why that is meant: \"lint\": \"ignore MIG5040 and why\".", location);

    /// <summary>MIG5041 (warning): all documents of a collection are updated by one command.</summary>
    /// <param name="location">Where.</param>
    /// <param name="collection">The collection.</param>
    public static Diagnostic DocumentsUpdated(SourceLocation location, string collection) =>
        Warning("MIG5041", $"Every document of {PlainText.Of(collection)} is written anew: in one transaction, which the server ends after a minute unless it is set otherwise, or without one, so that some are changed when it is interrupted. Say in q which still lack the change, and let it run with \"transaction\": \"none\"; if the collection is small, say so in $migration: \"lint\": \"ignore MIG5041 and why\".", location);

    // MIG506x: files

    /// <summary>MIG5060 (warning): a migration has no rollback.</summary>
    /// <param name="location">The first line of the migration.</param>
    /// <param name="file">Its file name without the ending.</param>
    public static Diagnostic NoRollbackCommands(SourceLocation location, string file) =>
        Warning("MIG5060", $"This migration cannot be rolled back. Write the commands that undo it into $migration as \"rollback\", or into a file {PlainText.Of(file)}.down.json; if you never roll back, set <NoWarn>$(NoWarn);MIG5060</NoWarn>.", location);

    // MIG509x: the field lint

    /// <summary>MIG5090 (warning): what <c>lint</c> of a header says cannot be understood.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="code">The code in it that is none; <see langword="null"/> when there is no code.</param>
    public static Diagnostic LintField(SourceLocation location, string? code) =>
        Warning("MIG5090", $"{(code is null ? "This says nothing that can be understood." : $"{PlainText.Of(code)} is no code of lint.")} Write \"lint\": \"ignore MIG5030 and the reason\", or an array of such; several codes are separated by commas.", location);

    /// <summary>MIG5092 (warning): <c>lint</c> of a header silences nothing.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="code">The code.</param>
    public static Diagnostic LintFieldUnused(SourceLocation location, string code) =>
        Warning("MIG5092", $"There is no {PlainText.Of(code)} in this migration to ignore. Remove it.", location);
}
