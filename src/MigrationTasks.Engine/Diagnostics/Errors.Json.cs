namespace MigrationTasks.Engine.Diagnostics;

public static partial class Errors
{
    // MIG2031 to MIG2035: migrations that are JSON

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
}
