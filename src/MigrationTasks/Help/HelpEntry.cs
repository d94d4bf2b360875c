namespace MigrationTasks.Help;

/// <summary>One thing that a user's project can name, as the package's own files describe it.</summary>
/// <param name="Name">How it is written: a target, a property with its default, an item or its metadata.</param>
/// <param name="Description">What it does.</param>
/// <param name="Example">How it is used, if that is not plain: a text that must not be broken into lines.</param>
internal sealed record HelpEntry(string Name, string Description, string? Example = null);

/// <summary>Entries that belong together.</summary>
/// <param name="Title">What they have in common.</param>
/// <param name="Entries">The entries, in the order of the file.</param>
internal sealed record HelpSection(string Title, IReadOnlyList<HelpEntry> Entries);
