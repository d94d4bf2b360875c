using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests.Infra;

/// <summary>The package, made once for all tests as a release makes it.</summary>
[TestClass]
public static class PackedPackage
{
    /// <summary>A version that no feed has, so that no other package can be taken for this one.</summary>
    public const string Version = "0.0.0-test";

    private static readonly TemporaryFolder Output = new();

    /// <summary>The folder with the packages: a feed.</summary>
    public static string Folder => Output.Path;

    /// <summary>The repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The libraries, which are packages too.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
    [
        "src/MigrationTasks.Engine", "src/MigrationTasks.PostgreSql", "src/MigrationTasks.MySql", "src/MigrationTasks.Sqlite", "src/MigrationTasks.MongoDb",
        "src/MigrationTasks.Adapters", "tests/MigrationTasks.ContractTests",
    ];

    /// <summary>
    /// What a build is told so that it is the one that the package was made by, and what is compiled is not compiled again. The analyzers have had
    /// their say when the solution was built.
    /// </summary>
    public static IReadOnlyList<string> Release { get; } = ["-c", "Release", $"-p:Version={Version}", "-p:RunAnalyzers=false"];

    [AssemblyInitialize]
    public static void Pack(TestContext _) => Pack(["src/MigrationTasks", "src/MigrationTasks.Tool", .. Libraries], Folder);

    [AssemblyCleanup]
    public static void Remove() => Output.Dispose();

    /// <summary>Makes the package once more.</summary>
    public static void Pack(string folder) => Pack(["src/MigrationTasks"], folder);

    // All at once, in one build: what they have in common is looked at once.
    private static void Pack(IEnumerable<string> projects, string folder)
    {
        using var build = new TemporaryFolder();
        var all = string.Join(';', projects.Select(project => Directory.EnumerateFiles(Path.Combine(Repository, project), "*.csproj").Single()));
        var file = build.Write("pack.proj", $"""
            <Project DefaultTargets="Pack">
              <ItemGroup><Packed Include="{all}" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(Packed)" Targets="Restore" /></Target>
              <Target Name="Pack"><MSBuild Projects="@(Packed)" Targets="Pack" Properties="PackageOutputPath={folder}" BuildInParallel="true" /></Target>
            </Project>
            """);
        Consumer.Run(Repository, new Dictionary<string, string?>(), ["build", file, .. Release]).Succeeded();
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests are not inside the repository.");
        }

        return folder;
    }
}
