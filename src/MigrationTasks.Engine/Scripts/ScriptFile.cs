using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>Opens migration files.</summary>
public static class ScriptFile
{
    /// <summary>
    /// Opens a file as strict UTF-8, without its byte order mark. The text is decoded while it is read, never as a
    /// whole.
    /// </summary>
    /// <param name="path">The full path.</param>
    /// <returns>The text; the caller disposes it. A read throws MIG2003 where the file is not valid UTF-8.</returns>
    /// <exception cref="MigrationException">MIG2003: the file is UTF-16.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static TextReader Open(string path)
    {
        // The reader has a buffer of its own.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            return new StrictUtf8Reader(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
