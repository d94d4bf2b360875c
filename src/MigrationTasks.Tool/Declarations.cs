using System.Xml;
using System.Xml.Linq;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Tool;

/// <summary>
/// What the file <c>migrate.xml</c> beside the migrations declares, in the words of a project file: <c>MigrationsFolder</c>,
/// <c>MigrationPlaceholder</c> and <c>MigrationAdapter</c> items, and properties such as <c>MigrateLockTimeout</c>.
/// </summary>
internal sealed class Declarations
{
    /// <summary>The file's name.</summary>
    public const string FileName = "migrate.xml";

    private readonly string _path;
    private readonly XElement? _root;

    private Declarations(string path, XElement? root) => (_path, _root) = (path, root);

    /// <summary>The properties, by their names.</summary>
    public IReadOnlyDictionary<string, string> Properties => (_root?.Elements("PropertyGroup").Elements() ?? [])
        .GroupBy(property => property.Name.LocalName, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.Last().Value.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The folders of migrations.</summary>
    public IReadOnlyList<DeclaredFolder> Folders =>
        [.. Items("MigrationsFolder").Select(item => new DeclaredFolder(Include(item), Value(item, "Database"), Value(item, "ConnectionStringVariable"), Value(item, "HistoryTable")) { DefinedIn = _path })];

    /// <summary>What stands for the placeholders.</summary>
    /// <exception cref="MigrationException">MIG1017 or MIG1018 for one that cannot be declared so.</exception>
    public Placeholders Placeholders => Placeholders.Create(Items("MigrationPlaceholder").Select(item => KeyValuePair.Create(Include(item), Value(item, "Value") ?? "")));

    /// <summary>The adapters of other people.</summary>
    /// <exception cref="MigrationException">One cannot be loaded.</exception>
    public IEnumerable<AdapterDefinition> Adapters =>
        Items("MigrationAdapter").Select(item => Path.GetFullPath(Include(item), Path.GetDirectoryName(_path)!)).Distinct().SelectMany(AdapterAssembly.Load);

    /// <summary>Reads the file of a folder, where there is one.</summary>
    /// <param name="folder">The folder, a full path.</param>
    /// <exception cref="MigrationException">MIG1046 when it cannot be read, or asks for what only a build knows.</exception>
    public static Declarations Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new Declarations(path, null);
        }

        try
        {
            // By a stream: as a text, a path would be taken for an address.
            using var stream = File.OpenRead(path);
            var declarations = new Declarations(path, XDocument.Load(stream, LoadOptions.SetLineInfo).Root);
            declarations.Check();
            return declarations;
        }
        catch (XmlException exception)
        {
            throw Errors.Declarations(new SourceLocation(path, exception.LineNumber, exception.LinePosition), "is not well-formed XML", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.Declarations(new SourceLocation(path), $"cannot be read: {exception.Message}", exception);
        }
    }

    private void Check()
    {
        foreach (var node in _root!.DescendantsAndSelf())
        {
            var problem = node.Attribute("Condition") is not null ? "has a Condition, which only a build can judge"
                : node.Attributes().Any(attribute => attribute.Value.Contains("$(", StringComparison.Ordinal)) || (!node.HasElements && node.Value.Contains("$(", StringComparison.Ordinal)) ? "uses a property, $(…), whose value only a build knows"
                : node.Name.Namespace != XNamespace.None ? "has a namespace; write it without xmlns"
                : IsExpected(node) ? null : $"has an element {node.Name.LocalName}, which means nothing here. It may have PropertyGroup with properties such as MigrateLockTimeout, and ItemGroup with MigrationsFolder, MigrationPlaceholder and MigrationAdapter";
            if (problem is not null)
            {
                var place = (IXmlLineInfo)node;
                throw Errors.Declarations(new SourceLocation(_path, place.LineNumber, place.LinePosition), problem);
            }
        }
    }

    private static bool IsExpected(XElement node) => (node.Parent?.Name.LocalName, node.Name.LocalName) switch
    {
        (null, "Project") or ("Project", "PropertyGroup" or "ItemGroup") => true,
        ("PropertyGroup", var name) => name == "NoWarn" || CommandNames.Properties.Contains(name),
        ("ItemGroup", "MigrationsFolder" or "MigrationPlaceholder" or "MigrationAdapter") => node.Attribute("Include") is not null,
        ("MigrationsFolder", "Database" or "ConnectionStringVariable" or "HistoryTable") or ("MigrationPlaceholder", "Value") => true,
        _ => false,
    };

    private IEnumerable<XElement> Items(string name) => _root?.Elements("ItemGroup").Elements(name) ?? [];

    private static string Include(XElement item) => item.Attribute("Include")!.Value.Trim();

    // Metadata is an attribute or an element.
    private static string? Value(XElement item, string name) => (item.Attribute(name)?.Value ?? item.Element(name)?.Value)?.Trim() is { Length: > 0 } value ? value : null;
}
