using System.Text.Json;
using System.Xml.Linq;

namespace MigrationTasks.Package.Tests.Infra;

/// <summary>
/// What has to be said of the libraries of others that a package carries: the names, versions, licenses and copyrights are those of
/// their own packages.
/// </summary>
internal static class ThirdPartyNotices
{
    private const string Title = "Libraries";

    private static readonly string Ruler = new('=', 80);

    // What a package says only in a file that lies elsewhere.
    private static readonly Dictionary<string, (string License, string Copyright)> Elsewhere = new() { ["Sprache"] = ("MIT", "Copyright (c) 2011 Nicholas Blumhardt") };

    /// <summary>The notices with their list of libraries as it has to be.</summary>
    /// <param name="notices">The notices as they are.</param>
    /// <param name="dependencies">The <c>.deps.json</c> of what the package carries.</param>
    public static string Complete(string notices, JsonElement dependencies)
    {
        var start = notices.IndexOf($"{Ruler}\n{Title}\n{Ruler}\n\n", StringComparison.Ordinal) + (2 * Ruler.Length) + Title.Length + 4;
        var end = notices.IndexOf($"\n{Ruler}\n", start, StringComparison.Ordinal);
        return $"{notices[..start]}{string.Join("\n\n", Libraries(dependencies).Select(Describe))}\n{notices[end..]}";
    }

    /// <summary>The licenses that the notices quote.</summary>
    public static IEnumerable<string> Quoted(string notices) => notices.Split('\n').Where(line => line.StartsWith("License: ", StringComparison.Ordinal)).Select(line => line["License: ".Length..]);

    /// <summary>The licenses of the libraries.</summary>
    public static IEnumerable<string> Licenses(JsonElement dependencies) => Libraries(dependencies).Select(library => LicenseOf(library.Name, Read(library.Name, library.Version).Metadata, library.Version).License).Distinct();

    /// <summary>The packages that the files come from, by name.</summary>
    public static IEnumerable<(string Name, string Version, IReadOnlyList<string> Files)> Libraries(JsonElement dependencies) => dependencies.GetProperty("targets").EnumerateObject().Single().Value
        .EnumerateObject()
        .Select(library => (Id: library.Name.Split('/'), Files: FilesOf(library.Value, "runtime").Concat(FilesOf(library.Value, "runtimeTargets")).Distinct().Order(StringComparer.Ordinal).ToList()))
        .Where(library => library.Files.Count > 0 && !library.Id[0].StartsWith("MigrationTasks", StringComparison.Ordinal))
        .Select(library => (library.Id[0], library.Id[1], (IReadOnlyList<string>)library.Files))
        .OrderBy(library => library.Item1, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> FilesOf(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var files) ? files.EnumerateObject().Select(file => Path.GetFileName(file.Name)) : [];

    private static string Describe((string Name, string Version, IReadOnlyList<string> Files) library)
    {
        var (metadata, _) = Read(library.Name, library.Version);
        var (license, copyrights) = LicenseOf(library.Name, metadata, library.Version);
        var address = metadata("repository")?.Attribute("url")?.Value ?? metadata("projectUrl")!.Value;
        return string.Join("\n  ", [
            $"{library.Name} {library.Version}: {string.Join(", ", library.Files)}",
            $"{license}; {(address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address)}",
            .. copyrights.Select(copyright => string.Join(' ', copyright.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))]);
    }

    private static (string License, IEnumerable<string> Copyrights) LicenseOf(string name, Func<string, XElement?> metadata, string version)
    {
        string[] copyright = metadata("copyright") is { } own ? [own.Value] : [];
        if (metadata("license") is not { } license)
        {
            var (elsewhere, more) = Elsewhere[name];
            return (elsewhere, [.. copyright, more]);
        }

        if (license.Attribute("type")?.Value == "expression")
        {
            return (license.Value, copyright);
        }

        var text = File.ReadAllText(Path.Combine(Read(name, version).Folder, license.Value));
        Assert.Contains("Permission is hereby granted, free of charge", text, $"{name} has another license than the MIT License: it has to be quoted.");
        return ("MIT", [.. copyright, .. text.Split('\n').Where(line => line.StartsWith("Copyright", StringComparison.Ordinal))]);
    }

    private static (Func<string, XElement?> Metadata, string Folder) Read(string name, string version)
    {
        var folder = Path.Combine(Consumer.MachinePackages, name.ToLowerInvariant(), version);
        var metadata = XDocument.Load(Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec")).Root!.Elements().Single();
        return (element => metadata.Elements().SingleOrDefault(found => found.Name.LocalName == element), folder);
    }
}
