using System.Text;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>
/// The file of a script while it is written: it is there when it is complete, and not before. Only a script is ever overwritten.
/// </summary>
internal sealed class ScriptOutput : IDisposable
{
    private const string Mark = "Written by MigrationTasks";
    private const int BufferSize = 64 * 1024;

    private readonly string _path;
    private readonly string _unfinished;
    private readonly StreamWriter _writer;

    private ScriptOutput(string path)
    {
        _path = path;
        _unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        _writer = new StreamWriter(_unfinished, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferSize })
        {
            NewLine = "\n",
        };
    }

    /// <summary>Takes the script.</summary>
    public TextWriter Writer => _writer;

    /// <summary>Starts a script.</summary>
    /// <param name="path">The file, a full path.</param>
    /// <param name="migrations">The migrations folder: the next run would take a script in there for a migration.</param>
    /// <param name="comment">What starts a comment in it.</param>
    /// <param name="title">What the script is for, on one line.</param>
    /// <exception cref="MigrationException">MIG1024 when the file cannot be written, or is something else.</exception>
    public static ScriptOutput Create(string path, string migrations, string comment, string title)
    {
        if (Path.GetFullPath(path).StartsWith(Path.GetFullPath(migrations) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.ScriptFile(path, "It lies in a migrations folder, and the next run would take it for a migration. Choose another place with MigrateDryRunFile.");
        }

        try
        {
            if (File.Exists(path) && File.ReadLines(path).FirstOrDefault()?.StartsWith($"{comment} {Mark}", StringComparison.Ordinal) != true)
            {
                throw Errors.ScriptFile(path, "There is such a file already, and it is no script of a dry run. Delete it, or choose another name with MigrateDryRunFile.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var output = new ScriptOutput(path);
            output._writer.WriteLine($"{comment} {Mark}: {PlainText.Of(title)}");
            return output;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.ScriptFile(path, exception.Message, exception);
        }
    }

    /// <summary>Puts the script into its place.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Complete()
    {
        _writer.Dispose();
        File.Move(_unfinished, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        finally
        {
            File.Delete(_unfinished);
        }
    }
}
