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

    [AssemblyInitialize]
    public static void Pack(TestContext _)
    {
        Pack(Folder);
        foreach (var library in Libraries)
        {
            Pack(library, Folder);
        }
    }

    [AssemblyCleanup]
    public static void Remove() => Output.Dispose();

    /// <summary>Makes the package once more.</summary>
    public static void Pack(string folder) => Pack("src/MigrationTasks", folder);

    // The analyzers have had their say when the solution was built.
    private static void Pack(string project, string folder) =>
        Consumer.Run(Repository, new Dictionary<string, string?>(), "pack", project, "-c", "Release", "-o", folder, $"-p:Version={Version}", "-p:RunAnalyzers=false").Succeeded();

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
