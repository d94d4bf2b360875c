namespace MigrationTasks.Help;

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
