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

    [AssemblyInitialize]
    public static void Pack(TestContext _) => Pack(Folder);

    [AssemblyCleanup]
    public static void Remove() => Output.Dispose();

    /// <summary>Makes the package once more.</summary>
    public static void Pack(string folder) =>
        Consumer.Run(Repository, new Dictionary<string, string?>(), "pack", "src/MigrationTasks", "-c", "Release", "-o", folder, $"-p:Version={Version}").Succeeded();

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
