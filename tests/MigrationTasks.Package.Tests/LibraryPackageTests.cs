using System.IO.Compression;
using System.Xml.Linq;
using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>The packages for programs that migrate from code, and for authors of adapters.</summary>
[TestClass]
public sealed class LibraryPackageTests
{
    // Named by every package, because their versions are fixed for all of them.
    private static readonly string[] OfTheEngine = ["DotNetEnv", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Abstractions"];

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
    [DataRow("MigrationTasks.PostgreSql", "MigrationTasks.Engine Npgsql")]
    [DataRow("MigrationTasks.MySql", "MigrationTasks.Engine MySqlConnector")]
    [DataRow("MigrationTasks.Sqlite", "Microsoft.Data.Sqlite MigrationTasks.Engine")]
    [DataRow("MigrationTasks.MongoDb", "MigrationTasks.Engine MongoDB.Driver")]
    [DataRow("MigrationTasks.ContractTests", "MSTest.TestFramework MigrationTasks.Engine")]
    public void It_brings_its_own_driver_and_no_other(string name, string needed) => Assert.AreEqual(
        needed, string.Join(' ', Dependencies(name).Keys.Except(OfTheEngine).Order(StringComparer.Ordinal)));

    [TestMethod]
    public void The_engine_knows_no_driver_and_no_MSBuild() => Assert.AreSequenceEqual(OfTheEngine, Dependencies("MigrationTasks.Engine").Keys);

    [TestMethod]
    public void Adapters_brings_all_databases() => Assert.IsEmpty(
        new[] { "MigrationTasks.MongoDb", "MigrationTasks.MySql", "MigrationTasks.PostgreSql", "MigrationTasks.Sqlite", "MongoDB.Driver", "MySqlConnector", "Npgsql", "Microsoft.Data.Sqlite" }.Except(Dependencies("MigrationTasks.Adapters").Keys));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_is_for_the_others_of_its_own_version(string name) =>
        Assert.IsEmpty(Dependencies(name).Where(dependency => dependency.Key.StartsWith("MigrationTasks.", StringComparison.Ordinal) && dependency.Value != PackedPackage.Version));

    private static Dictionary<string, string> Dependencies(string name) => Nuspec(name).Descendants()
        .Where(element => element.Name.LocalName == "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

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
