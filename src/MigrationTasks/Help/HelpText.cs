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

/// <summary>What a user's project can name, laid out for a terminal.</summary>
internal static class HelpText
{
    private const int Width = 120;
    private const int NameWidth = 37;
    private const string Indent = "    ";

    /// <summary>Writes the text: a title, and below it each section with its names in one column and what they mean in another.</summary>
    /// <param name="sections">What there is.</param>
    public static string Of(IEnumerable<HelpSection> sections) =>
        string.Join('\n', sections.SelectMany(section => section.Entries.SelectMany(Lines).Prepend($"  {section.Title}").Prepend("")).Prepend("the targets, properties with their defaults, and items of MigrationTasks"));

    private static IEnumerable<string> Lines(HelpEntry entry) =>
        Wrap(entry).Select((text, i) => $"{Indent}{(i == 0 ? entry.Name : "").PadRight(NameWidth)}{text}");

    private static IEnumerable<string> Wrap(HelpEntry entry)
    {
        var line = "";
        foreach (var word in entry.Example is null ? entry.Description.Split(' ') : entry.Description.Split(' ').Append(entry.Example))
        {
            if (line.Length > 0 && Indent.Length + NameWidth + line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
