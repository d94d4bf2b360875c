namespace MigrationTasks.Tests.Infra;

/// <summary>The repository that the tests are part of: they look at its files, not only at its assemblies.</summary>
internal static class Repository
{
    /// <summary>Its root, a full path.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Reads one of its files.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests are not inside the repository.");
        }

        return folder;
    }
}
