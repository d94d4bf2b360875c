using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>Writes the files that another tool's became into the folder of our migrations, and never over one that is there.</summary>
/// <param name="folder">The folder, a full path; it need not exist.</param>
/// <param name="language">What the migrations are written in.</param>
internal sealed class ConvertedFolder(string folder, ScriptLanguage language)
{
    /// <summary>Makes sure that all of them can be written, and that none is there under another name.</summary>
    /// <exception cref="MigrationException">MIG1052 or MIG1053.</exception>
    public IReadOnlyList<ImportedFile> Plan(Conversion conversion)
    {
        var existing = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Select(path => System.IO.Path.GetFileName(path)).Where(name => MigrationFileName.TryParse(name, language.FileExtension, out _)).Order(StringComparer.Ordinal).ToList()
            : [];
        conversion.Check(existing);
        var solved = conversion.Problems.Where(problem => problem.IsSolved).Select(problem => problem.Source).ToHashSet(StringComparer.Ordinal);
        var clashes = new List<string>();
        var planned = new List<ImportedFile>();
        foreach (var file in conversion.Files.Where(file => !solved.Contains(file.Source)))
        {
            var clash = ClashOf(file, existing);
            if (clash is not null)
            {
                clashes.Add(clash);
            }

            planned.Add(new ImportedFile(file.Source, file.Name, existing.Contains(file.Name) ? FileOutcome.AlreadyThere : FileOutcome.Written, null));
        }

        if (clashes.Count > 0)
        {
            throw Errors.FilesInTheWay(folder, clashes);
        }

        return [.. planned, .. conversion.Problems.Select(problem => new ImportedFile(problem.Source, conversion.NameOf(System.IO.Path.GetFileName(problem.Source)), FileOutcome.AlreadyThere, null)), .. conversion.LeftOut.Select(left => new ImportedFile(left.Source, null, FileOutcome.LeftOut, left.Reason))];
    }

    /// <summary>Writes those that are not there yet.</summary>
    /// <param name="conversion">The files.</param>
    /// <param name="planned">What becomes of them.</param>
    /// <exception cref="MigrationException">MIG1023 when one cannot be written.</exception>
    public void Write(Conversion conversion, IReadOnlyList<ImportedFile> planned)
    {
        var names = planned.Where(file => file.Outcome == FileOutcome.Written).Select(file => file.Name!).ToHashSet(StringComparer.Ordinal);
        foreach (var file in conversion.Files.Where(file => names.Contains(file.Name)))
        {
            var path = System.IO.Path.Combine(folder, file.Name);
            try
            {
                Directory.CreateDirectory(folder);
                using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                stream.Write(Encoding.UTF8.GetBytes(file.Text));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Errors.MigrationNotCreated(path, exception);
            }
        }
    }

    // Of one that is there under another number, two would run.
    private string? ClashOf(ConvertedFile file, IReadOnlyList<string> existing)
    {
        if (existing.Contains(file.Name))
        {
            return TextOf(file.Name) == file.Text ? null : $"{file.Name} is there with another content";
        }

        MigrationFileName.TryParse(file.Name, language.FileExtension, out var meant);
        return existing.FirstOrDefault(name => MigrationFileName.TryParse(name, language.FileExtension, out var other) && other.IsRollback == meant!.IsRollback && other.Version is not null && other.Version == meant.Version) is { } version
                ? $"{file.Name} would have the version of {version}"
            : file.Text.Length > 0 && existing.FirstOrDefault(name => !name.Equals(file.Name, StringComparison.Ordinal) && TitleOf(name) == meant!.Title && TextOf(name) == file.Text) is { } same
                ? $"{file.Name} is there as {same}"
            : null;
    }

    private string TitleOf(string name) => MigrationFileName.TryParse(name, language.FileExtension, out var parsed) ? parsed.Title : "";

    private string TextOf(string name) => new ForeignFile(System.IO.Path.Combine(folder, name), folder).Text;
}
