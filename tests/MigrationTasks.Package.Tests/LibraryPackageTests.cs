using System.IO.Compression;
using System.Xml.Linq;
using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>The packages for programs that migrate from code, and for authors of adapters.</summary>
[TestClass]
public sealed class LibraryPackageTests
{
    public static IEnumerable<string> Names => PackedPackage.Libraries.Select(library => Path.GetFileName(library));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_says_what_it_is_and_brings_its_documentation(string name)
    {
        var metadata = Nuspec(name);

        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual("README.md", Value(metadata, "readme"));
        Assert.AreEqual("icon.png", Value(metadata, "icon"));
        Assert.Contains("MigrationTasks", Value(metadata, "description")!);
        Assert.EndsWith("For .NET 10 or later.", Value(metadata, "description")!);
        Assert.Contains("for .NET 10 or later", Read(name, "README.md"));
        Assert.IsEmpty(new[] { "README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }.Except(Entries(name, ".nupkg")));
        Assert.Contains($"lib/net10.0/{name}.pdb", Entries(name, ".snupkg"));
    }

    [TestMethod]
    [DataRow("MigrationTasks.Engine", "DotNetEnv")]
    [DataRow("MigrationTasks.Adapters", "MigrationTasks.Engine")]
    [DataRow("MigrationTasks.Adapters", "Npgsql")]
    [DataRow("MigrationTasks.ContractTests", "MigrationTasks.Engine")]
    [DataRow("MigrationTasks.ContractTests", "MSTest.TestFramework")]
    public void It_needs_what_it_is_built_on(string name, string dependency)
    {
        var version = Nuspec(name).Descendants().Single(element => element.Name.LocalName == "dependency" && element.Attribute("id")!.Value == dependency).Attribute("version")!.Value;

        if (dependency.StartsWith("MigrationTasks.", StringComparison.Ordinal))
        {
            Assert.AreEqual(PackedPackage.Version, version);
        }
    }

    [TestMethod]
    public void The_engine_knows_no_driver_and_no_MSBuild() => Assert.AreEqual(
        "DotNetEnv, Microsoft.Extensions.Configuration, Microsoft.Extensions.Configuration.Abstractions",
        string.Join(", ", Nuspec("MigrationTasks.Engine").Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)));

    private static List<string> Entries(string name, string ending)
    {
        using var package = ZipFile.OpenRead(FileOf(name, ending));
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    private static XElement Nuspec(string name) => XDocument.Parse(Read(name, $"{name}.nuspec")).Root!.Elements().Single();

    private static string Read(string name, string entry)
    {
        using var package = ZipFile.OpenRead(FileOf(name, ".nupkg"));
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    private static string FileOf(string name, string ending) => Path.Combine(PackedPackage.Folder, $"{name}.{PackedPackage.Version}{ending}");

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
