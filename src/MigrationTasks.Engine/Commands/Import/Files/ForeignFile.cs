using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>A file of another tool's folder.</summary>
/// <param name="path">Its full path.</param>
/// <param name="folder">The tool's folder, a full path.</param>
internal sealed class ForeignFile(string path, string folder)
{
    private string? _text;

    /// <summary>Its full path.</summary>
    public string Path { get; } = path;

    /// <summary>Its name.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(path);

    /// <summary>Its path from the tool's folder, with <c>/</c> on every system.</summary>
    public string Relative { get; } = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>Its content, without a byte order mark.</summary>
    /// <exception cref="MigrationException">MIG2003 when it is not UTF-8; MIG2013 when it cannot be read.</exception>
    public string Text => _text ??= Read();

    private string Read()
    {
        try
        {
            using var reader = ScriptFile.Open(Path);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(Path, exception);
        }
    }
}
