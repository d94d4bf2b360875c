namespace MigrationTasks.Fuzzing.Tests;

/// <summary>The working copy that the tests run in: the corpus is part of it, and what fails is written into it.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>The kept inputs, a folder for each parser.</summary>
    public static string Corpus { get; } = Path.Combine(Root, "tests", "MigrationTasks.Fuzzing.Tests", "Corpus");

    /// <summary>Where runs leave something for their reader.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts", "fuzz");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run in a working copy of the project.");
        }

        return folder;
    }
}
