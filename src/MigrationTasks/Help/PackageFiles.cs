using System.Xml.Linq;

namespace MigrationTasks.Help;

/// <summary>
/// Reads the package's own <c>.props</c> and <c>.targets</c>: what is declared there is what there is, and the comment before a
/// declaration says what it means. The first of two comments is the title of a section.
/// </summary>
internal static class PackageFiles
{
    private const string CommandStart = "dotnet build ";

    private static readonly XElement Props = Load("MigrationTasks.props");

    /// <summary>The targets that a property is for; none where it is for all.</summary>
    /// <param name="property">The property's name.</param>
    public static IReadOnlyList<string> TargetsOf(string property) => Props.Elements("Target").Descendants()
        .FirstOrDefault(element => property.Equals(element.Attribute("Include")?.Value, StringComparison.OrdinalIgnoreCase))?.Attribute("Targets")?.Value.Split(';') ?? [];

    /// <summary>The names of all public properties.</summary>
    public static IEnumerable<string> PropertyNames => Defaults.Keys;

    /// <summary>All public properties, each with its default.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = Props.Elements("PropertyGroup").Elements().ToDictionary(property => property.Name.LocalName, property => property.Value);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> PropertyComments = new(() => Properties().SelectMany(section => section.Entries).ToDictionary(entry => entry.Name.Split('=')[0], entry => entry.Description));

    /// <summary>What each public property means.</summary>
    public static IReadOnlyDictionary<string, string> Comments => PropertyComments.Value;

    /// <summary>What a target does.</summary>
    /// <param name="target">The target's name.</param>
    public static string DescriptionOf(string target) => TargetHelp.Value.First(entry => entry.Name == target).Description;

    /// <summary>All that a project can name: targets, properties, items.</summary>
    public static IEnumerable<HelpSection> Sections() => [new HelpSection("Targets", TargetHelp.Value), .. Properties(), Items()];

    // The comment before a target ends in its command.
    private static readonly Lazy<IReadOnlyList<HelpEntry>> TargetHelp = new(() =>
    [
        .. Commented(Load("MigrationTasks.targets"))
            .Where(node => node.Element.Name.LocalName == "Target" && !NameOf(node.Element).StartsWith('_'))
            .Select(node => Split(NameOf(node.Element), node.Comment, node.Comment.LastIndexOf(CommandStart, StringComparison.Ordinal))),
    ]);

    private static IEnumerable<HelpSection> Properties()
    {
        var sections = new List<(string Title, List<HelpEntry> Entries)>();
        foreach (var (title, comment, element) in Props.Elements("PropertyGroup").SelectMany(Commented))
        {
            if (title is not null)
            {
                sections.Add(($"Properties: {char.ToLowerInvariant(title[0])}{title[1..].TrimEnd(':')}", []));
            }

            sections[^1].Entries.Add(new HelpEntry($"{element.Name.LocalName}={element.Value}", comment));
        }

        return sections.Select(section => new HelpSection(section.Title, section.Entries));
    }

    // The comment before an item starts with an example of it.
    private static HelpSection Items() => new(
        "Items, in the project file",
        [
            .. Commented(Props)
                .Where(node => node.Element.Name.LocalName == "ItemDefinitionGroup")
                .SelectMany(node => node.Element.Elements().SelectMany(item => MetadataOf(item).Prepend(ItemOf(item, node.Comment)))),
        ]);

    private static HelpEntry ItemOf(XElement item, string comment)
    {
        var end = comment.IndexOf("/>", StringComparison.Ordinal) + 2;
        return new HelpEntry(item.Name.LocalName, comment[end..].Trim(), comment[..end]);
    }

    private static IEnumerable<HelpEntry> MetadataOf(XElement item) =>
        Commented(item).Select(node => new HelpEntry($"  {node.Element.Name.LocalName}", node.Comment));

    private static HelpEntry Split(string name, string comment, int command) => new(name, comment[..command].Trim(), comment[command..]);

    // Each element with the comment right before it, and with the one before that where another section starts.
    private static IEnumerable<(string? Title, string Comment, XElement Element)> Commented(XElement parent)
    {
        var comments = new List<string>();
        foreach (var node in parent.Nodes())
        {
            if (node is XComment comment)
            {
                comments.Add(string.Join(' ', comment.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            }
            else if (node is XElement element)
            {
                yield return (comments.Count > 1 ? comments[^2] : null, comments.Count > 0 ? comments[^1] : "", element);
                comments.Clear();
            }
        }
    }

    private static string NameOf(XElement target) => target.Attribute("Name")!.Value;

    private static XElement Load(string file)
    {
        using var stream = typeof(PackageFiles).Assembly.GetManifestResourceStream(file)!;
        return XDocument.Load(stream).Root!;
    }
}
