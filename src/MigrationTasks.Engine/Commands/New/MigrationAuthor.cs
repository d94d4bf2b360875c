using System.Text;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.New;

/// <summary>Starts new migrations in a folder, which is created when it is not there.</summary>
/// <param name="folder">The folder, and so what its migrations are written in.</param>
/// <param name="time">The clock.</param>
internal sealed class MigrationAuthor(DatabaseFolder folder, TimeProvider time)
{
    private readonly ScriptLanguage _language = folder.Adapter.Language;
    private readonly string _extension = folder.Adapter.Language.FileExtension;

    /// <summary>Creates a file with the next version and a filled header; never overwrites one.</summary>
    /// <param name="name">What the migration does.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="MigrationException">MIG1022 for a name that cannot be used; MIG1023 when the file cannot be created.</exception>
    public string Create(string name)
    {
        var title = MigrationTitle.Parse(name, _extension);
        var now = time.GetUtcNow();
        var path = Path.Combine(folder.Path, $"{title.FilePart}{_extension}");
        try
        {
            Directory.CreateDirectory(folder.Path);
            path = Path.Combine(folder.Path, $"{NextVersion.After(Versions(), now)}_{title.FilePart}{_extension}");
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(_language.StartFile(title.Words, DateOnly.FromDateTime(now.UtcDateTime))));
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.MigrationNotCreated(path, exception);
        }
    }

    // Rollbacks count too: the migration that one belongs to may be on another branch.
    private IEnumerable<string> Versions() => Directory.EnumerateFiles(folder.Path)
        .Select(file => Path.GetFileName(file))
        .Where(file => char.IsAsciiDigit(file[0]) && MigrationFileName.TryParse(file, _extension, out _))
        .Select(file => file[..file.IndexOf('_', StringComparison.Ordinal)]);
}
