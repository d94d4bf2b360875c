using System.Xml;
using System.Xml.Linq;

namespace MigrationTasks;

/// <summary>
/// Which properties a project's own files and the packages that it references use, as far as their texts tell: a task does not
/// see the project as MSBuild has evaluated it.
/// </summary>
internal sealed class PropertyUses
{
    private static readonly IReadOnlyList<string> Shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _texts = [];

    /// <summary>Reads the project's file, those that it shares with others, and what these import.</summary>
    /// <param name="projectFile">The project's file, a full path.</param>
    /// <param name="extensionsFolder">The folder of the files that restoring it has generated, which import those of packages; <see langword="null"/> or nothing for <c>obj</c>.</param>
    public static PropertyUses Of(string projectFile, string? extensionsFolder)
    {
        var uses = new PropertyUses();
        var folder = Path.GetDirectoryName(projectFile)!;
        uses._properties["MSBuildProjectDirectory"] = folder;
        uses.Read(projectFile);
        // MSBuild leaves the backslash of obj\ as it is where there is no such folder yet.
        var restored = Path.GetFullPath((string.IsNullOrWhiteSpace(extensionsFolder) ? "obj" : extensionsFolder.Trim()).Replace('\\', Path.DirectorySeparatorChar), folder);
        foreach (var file in Directory.Exists(restored) ? Directory.EnumerateFiles(restored, $"{Path.GetFileName(projectFile)}.nuget.g.*") : [])
        {
            uses.Read(file);
        }

        for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            foreach (var file in Shared)
            {
                uses.Read(Path.Combine(parent, file));
            }
        }

        return uses;
    }

    /// <summary>Whether one of the files uses a property.</summary>
    /// <param name="name">Its name.</param>
    public bool Contains(string name) => _texts.Exists(text => text.Contains($"$({name})", StringComparison.OrdinalIgnoreCase));

    private void Read(string path)
    {
        if (!File.Exists(path) || !_files.Add(path))
        {
            return;
        }

        try
        {
            var text = File.ReadAllText(path);
            _texts.Add(text);
            var root = XDocument.Parse(text).Root!;
            foreach (var property in root.Elements().Where(element => element.Name.LocalName == "PropertyGroup").Elements())
            {
                _properties.TryAdd(property.Name.LocalName, property.Value);
            }

            foreach (var import in root.Descendants().Where(element => element.Name.LocalName == "Import"))
            {
                Import(import.Attribute("Project")?.Value ?? "", Path.GetDirectoryName(path)!);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            // MSBuild says what is wrong with it.
        }
    }

    private void Import(string project, string folder)
    {
        project = project.Replace("$(MSBuildThisFileDirectory)", folder + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in _properties)
        {
            project = project.Replace($"$({name})", value, StringComparison.OrdinalIgnoreCase);
        }

        if (!project.Contains('$', StringComparison.Ordinal) && !project.Contains('*', StringComparison.Ordinal) && project.Length > 0)
        {
            Read(Path.GetFullPath(project.Replace('\\', Path.DirectorySeparatorChar), folder));
        }
    }
}
