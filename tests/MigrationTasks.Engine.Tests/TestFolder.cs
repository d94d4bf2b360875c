namespace MigrationTasks.Engine.Tests;

/// <summary>A folder of a test's own, gone when it is disposed.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrationtasks-engine-");

    public string Path => _folder.FullName;

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public string Write(string relative, string text = "SELECT 1;")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
        return PathOf(relative);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
