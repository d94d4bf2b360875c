namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>A copy of a folder of migrations, in which can be tried what would be written; it goes when it is disposed.</summary>
internal sealed class TrialFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrationtasks-");

    /// <param name="original">The folder, a full path; it need not exist.</param>
    public TrialFolder(string original)
    {
        foreach (var file in Directory.Exists(original) ? Directory.EnumerateFiles(original) : [])
        {
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }
    }

    /// <summary>Its full path.</summary>
    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
