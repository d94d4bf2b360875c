namespace MigrationTasks.TestServers;

/// <summary>
/// A folder of a test's own, gone when disposed. Folders that killed test runs left behind go when the first one
/// of a later run is made.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "migrationtasks-";

    static TemporaryFolder() => Leftovers.Remove(RealTemporaryPath(), Prefix);

    public TemporaryFolder()
    {
        var made = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-");
        Path = System.IO.Path.Combine(RealTemporaryPath(), made.Name);
    }

    /// <summary>The full path, without symbolic links: what a tool prints of it can be compared.</summary>
    public string Path { get; }

    /// <summary>Writes a text file, and the folders on the way to it.</summary>
    /// <returns>The file's full path.</returns>
    public string Write(string relativePath, string text)
    {
        var file = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    // On macOS the temporary folder lies behind a link: /var is /private/var.
    private static string RealTemporaryPath()
    {
        var real = System.IO.Path.GetPathRoot(System.IO.Path.GetTempPath())!;
        foreach (var part in System.IO.Path.GetTempPath()[real.Length..].Split(
            System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = System.IO.Path.Combine(real, part);
            real = Directory.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
        }

        return real;
    }
}
