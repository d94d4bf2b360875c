namespace MigrationTasks.Engine.Configuration.EnvFiles;

/// <summary>Where a <c>.env</c> file is looked for.</summary>
/// <param name="Found">The nearest one, or <see langword="null"/>.</param>
/// <param name="Project">The project's folder, where the search begins.</param>
/// <param name="Root">The last folder that is looked at; nothing above it is, since that may be anybody's.</param>
internal sealed record EnvSearch(string? Found, string Project, string Root)
{
    private const string FileName = ".env";

    // A checkout without .git, as in an image that is being built, still has its solution.
    private static readonly string[] Repositories = [".git", ".hg", ".svn"];
    private static readonly string[] Solutions = ["*.slnx", "*.sln"];
    private static readonly EnumerationOptions Accessible = new() { IgnoreInaccessible = true };

    /// <summary>A file further up that is not read.</summary>
    public string? NotReadAbove => FoldersFrom(Path.GetDirectoryName(Root)).Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    /// <summary>Looks.</summary>
    /// <param name="projectDirectory">The project's folder, a full path.</param>
    public static EnvSearch From(string projectDirectory)
    {
        ArgumentNullException.ThrowIfNull(projectDirectory);
        var folders = FoldersFrom(projectDirectory).ToList();
        var root = folders.Find(folder => Array.Exists(Repositories, name => Path.Exists(Path.Combine(folder, name))))
            ?? folders.Find(HasSolution)
            ?? projectDirectory;
        var looked = folders.Take(folders.IndexOf(root) + 1);
        return new EnvSearch(looked.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists), projectDirectory, root);
    }

    private static bool HasSolution(string folder) =>
        Directory.Exists(folder) && Array.Exists(Solutions, pattern => Directory.EnumerateFiles(folder, pattern, Accessible).Any());

    private static IEnumerable<string> FoldersFrom(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
