using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class PackageContentTests
{
    private static readonly string PackageFile = Path.Combine(PackedPackage.Folder, $"MigrationTasks.{PackedPackage.Version}.nupkg");

    [TestMethod]
    public void It_brings_no_dependencies_into_a_project()
    {
        var metadata = Nuspec();

        Assert.IsEmpty(metadata.Elements().Where(element => element.Name.LocalName is "dependencies" or "frameworkReferences"));
        Assert.AreEqual("true", Value(metadata, "developmentDependency"));
        Assert.IsEmpty(Entries().Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal) || entry.StartsWith("ref/", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void It_says_what_it_is()
    {
        var metadata = Nuspec();

        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual("README.md", Value(metadata, "readme"));
        Assert.AreEqual("icon.png", Value(metadata, "icon"));
        Assert.Contains("migrations", Value(metadata, "tags")!);
        Assert.Contains("dotnet build -t:Migrate", Value(metadata, "description")!);
        foreach (var database in new[] { "PostgreSQL", "Supabase", "MySQL", "MariaDB", "SQLite", "MongoDB" })
        {
            Assert.Contains(database, Value(metadata, "description")!);
            Assert.Contains(database.ToLowerInvariant(), Value(metadata, "tags")!.Split(' '));
        }
    }

    [TestMethod]
    public void It_reaches_every_kind_of_project() => Assert.IsEmpty(
        new[]
        {
            "build/MigrationTasks.props", "build/MigrationTasks.targets",
            "buildMultiTargeting/MigrationTasks.props", "buildMultiTargeting/MigrationTasks.targets",
            "buildTransitive/MigrationTasks.props", "buildTransitive/MigrationTasks.targets",
            "README.md", "icon.png", "tools/net10.0/MigrationTasks.dll", "tools/net10.0/MigrationTasks.deps.json",
        }.Except(Entries()));

    [TestMethod]
    public void Each_supported_system_has_its_native_library_once() => Assert.AreSequenceEqual(
        new[] { "linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64" },
        Entries().Where(entry => Path.GetFileNameWithoutExtension(entry) is "e_sqlite3" or "libe_sqlite3").Select(entry => entry.Replace("/runtimes/", "/", StringComparison.Ordinal).Split('/')[2]).Order(StringComparer.Ordinal));

    [TestMethod]
    [DataRow("linux-x64")]
    [DataRow("linux-arm64")]
    [DataRow("osx-arm64")]
    [DataRow("win-x64")]
    public void It_is_compiled_ahead_for_the_systems_that_most_are_on(string runtime)
    {
        using var package = ZipFile.OpenRead(PackageFile);
        foreach (var assembly in new[] { "MigrationTasks", "MigrationTasks.Engine", "MigrationTasks.PostgreSql", "MigrationTasks.MySql", "MigrationTasks.Sqlite", "Npgsql", "MySqlConnector" })
        {
            Assert.IsGreaterThan(
                package.GetEntry($"tools/net10.0/{assembly}.dll")!.Length, package.GetEntry($"tools/net10.0/{runtime}/{assembly}.dll")!.Length,
                $"{assembly}.dll for {runtime} has no machine code in it.");
        }
    }

    [TestMethod]
    public void A_run_compiles_none_of_the_asynchronous_code_of_the_engine()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");
        var compiled = consumer.PathOf("compiled.txt");
        consumer.Environment["DOTNET_JitStdOutFile"] = compiled;
        consumer.Environment["DOTNET_JitDisasmSummary"] = "1";

        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded();

        // The framework's part of each such method: it is compiled ahead only when that is asked for.
        Assert.AreEqual("", string.Join('\n', File.ReadLines(compiled).Where(line => line.Contains("AsyncMethodBuilderCore:Start[MigrationTasks.Engine", StringComparison.Ordinal))));
    }

    [TestMethod]
    public void Nothing_of_MSBuild_itself_is_in_it() =>
        Assert.IsEmpty(Entries().Where(entry => Path.GetFileName(entry).StartsWith("Microsoft.Build", StringComparison.Ordinal)));

    [TestMethod]
    public void Each_library_of_others_is_named_with_its_version_license_and_copyright()
    {
        using var dependencies = JsonDocument.Parse(Read("tools/net10.0/MigrationTasks.deps.json"));
        var file = Path.Combine(PackedPackage.Repository, "src/MigrationTasks/THIRD-PARTY-NOTICES.txt");
        if (Environment.GetEnvironmentVariable("MIGRATIONTASKS_ACCEPT") == "true")
        {
            File.WriteAllText(file, ThirdPartyNotices.Complete(File.ReadAllText(file), dependencies.RootElement));
        }

        var notices = File.ReadAllText(file);

        Assert.AreEqual(ThirdPartyNotices.Complete(notices, dependencies.RootElement), notices);
        Assert.AreEqual(notices, Read("THIRD-PARTY-NOTICES.txt"));
        Assert.IsEmpty(ThirdPartyNotices.Licenses(dependencies.RootElement).Except(ThirdPartyNotices.Quoted(notices)));
        Assert.Contains("SQLite", notices);
        var named = ThirdPartyNotices.Libraries(dependencies.RootElement).SelectMany(library => library.Files).ToHashSet();
        Assert.IsEmpty(Entries().Where(entry => Path.GetExtension(entry) is ".dll" or ".so" or ".dylib").Select(entry => Path.GetFileName(entry)).Where(name => !name.StartsWith("MigrationTasks", StringComparison.Ordinal) && !named.Contains(name)).Distinct());
    }

    [TestMethod]
    public void It_is_small() => Assert.IsLessThan(20_000_000L, new FileInfo(PackageFile).Length);

    [TestMethod]
    public void Its_symbols_come_along()
    {
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(PackageFile, ".snupkg"));

        var ours = Entries().Where(entry => entry.StartsWith("tools/net10.0/MigrationTasks", StringComparison.Ordinal) && Path.GetExtension(entry) == ".dll").ToList();
        Assert.HasCount(7, ours);
        Assert.IsEmpty(ours.Select(entry => Path.ChangeExtension(entry, ".pdb")).Except(symbols.Entries.Select(entry => entry.FullName)));
    }

    [TestMethod]
    public void The_same_source_makes_the_same_package()
    {
        using var again = new TemporaryFolder();

        PackedPackage.Pack(again.Path);

        Assert.AreSequenceEqual(File.ReadAllBytes(PackageFile), File.ReadAllBytes(Path.Combine(again.Path, Path.GetFileName(PackageFile))));
    }

    private static List<string> Entries()
    {
        using var package = ZipFile.OpenRead(PackageFile);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    private static XElement Nuspec() => XDocument.Parse(Read("MigrationTasks.nuspec")).Root!.Elements().Single();

    private static string Read(string entry)
    {
        using var package = ZipFile.OpenRead(PackageFile);
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
