using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Migrations;

/// <summary>The migrations of one database, in the order in which they run.</summary>
/// <param name="Path">The folder's full path.</param>
/// <param name="Migrations">The migrations: those with a version, oldest first, and then the repeatable ones by name.</param>
/// <param name="Warnings">What is odd in the folder without standing in the way.</param>
public sealed record MigrationFolder(string Path, IReadOnlyList<Migration> Migrations, IReadOnlyList<Diagnostic> Warnings)
{
    private const int ManyFiles = 500;

    /// <summary>What the history calls the folder, to tell its migrations from those of others: the project and the path in it, such as <c>Shop/migrations/postgresql</c>; <see langword="null"/> when nobody said.</summary>
    public string? Identity { get; private init; }

    /// <summary>The same folder with what the history calls it.</summary>
    /// <param name="identity">The project and the path in it.</param>
    internal MigrationFolder Identified(string? identity)
    {
        foreach (var migration in Migrations)
        {
            migration.Folder = identity;
        }

        return this with { Identity = identity };
    }

    /// <summary>
    /// Reads a folder: every file with the language's ending is a migration or a rollback; hidden files, other endings and
    /// sub-folders are ignored.
    /// </summary>
    /// <param name="path">The folder's full path.</param>
    /// <param name="language">What its migrations are written in.</param>
    /// <param name="placeholders">What stands for the placeholders in them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="MigrationException">
    /// MIG1004 when the folder is missing; MIG2001, MIG2002, MIG2003, MIG2010, MIG2011, MIG2012, MIG2013, MIG2016, MIG2023, MIG2024,
    /// MIG2025, MIG2043 for all its bad files at once.
    /// </exception>
    public static MigrationFolder Read(string path, ScriptLanguage language, Placeholders placeholders, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(placeholders);
        var problems = new List<Diagnostic>();
        var folder = Read(path, language, placeholders, problems, cancellation);
        return problems.Count == 0 ? folder : throw new MigrationException(problems);
    }

    /// <summary>Reads a folder as far as it can be read.</summary>
    /// <param name="path">The folder's full path.</param>
    /// <param name="language">What its migrations are written in.</param>
    /// <param name="placeholders">What stands for the placeholders in them.</param>
    /// <param name="problems">Is given what is wrong with its files.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="MigrationException">MIG1004 when the folder is missing.</exception>
    internal static MigrationFolder Read(string path, ScriptLanguage language, Placeholders placeholders, List<Diagnostic> problems, CancellationToken cancellation)
    {
        if (!Directory.Exists(path))
        {
            throw Errors.FolderMissing(path);
        }

        var files = FindFiles(path, language, problems);
        var rollbacks = FindRollbacks(files, problems);
        files.RemoveAll(file => file.Name.IsRollback);
        files.Sort(MigrationFile.ByOrderOfRunning);

        var migrations = new List<Migration>();
        foreach (var content in Read(files, file => file.Read(rollbacks.GetValueOrDefault(file.Name), language, placeholders), cancellation))
        {
            problems.AddRange(content.Problems);
            if (content.Migration is { } migration)
            {
                migrations.Add(migration);
            }
        }

        foreach (var file in files)
        {
            rollbacks.Remove(file.Name);
        }

        CheckNames(migrations, problems);
        CheckRequirements(migrations, language, problems);
        return new MigrationFolder(path, migrations, [.. rollbacks.Values.Order(StringComparer.Ordinal).Select(Errors.OrphanRollback)]);
    }

    private static List<MigrationFile> FindFiles(string folder, ScriptLanguage language, List<Diagnostic> problems)
    {
        var files = new List<MigrationFile>();
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var fileName = System.IO.Path.GetFileName(file);
            if (fileName.StartsWith('.') || !fileName.EndsWith(language.FileExtension, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!MigrationFileName.TryParse(fileName, language.FileExtension, out var name))
            {
                problems.Add(Errors.FileName(file));
            }
            else if (FileBoundary.Check(file, folder) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                files.Add(new MigrationFile(file, name));
            }
        }

        return files;
    }

    private static Dictionary<MigrationFileName, string> FindRollbacks(List<MigrationFile> files, List<Diagnostic> problems)
    {
        var rollbacks = new Dictionary<MigrationFileName, string>();
        foreach (var (path, name) in files.Where(file => file.Name.IsRollback))
        {
            if (name.IsRepeatable)
            {
                problems.Add(Errors.RepeatableRollback(new SourceLocation(path)));
                continue;
            }

            // 1_a.down.sql and 001_a.down.sql are two files, but rollbacks of the same migration.
            if (!rollbacks.TryAdd(name with { IsRollback = false }, path))
            {
                problems.Add(Duplicate(path, rollbacks[name with { IsRollback = false }]));
            }
        }

        return rollbacks;
    }

    // A file takes microseconds, and waking other threads takes more: only many are read by more than one.
    private static FileContent[] Read(List<MigrationFile> files, Func<MigrationFile, FileContent> read, CancellationToken cancellation)
    {
        var contents = new FileContent[files.Count];
        if (files.Count >= ManyFiles)
        {
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, i => contents[i] = read(files[i]));
            return contents;
        }

        for (var i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            contents[i] = read(files[i]);
        }

        return contents;
    }

    private static void CheckNames(List<Migration> migrations, List<Diagnostic> problems)
    {
        var repeatable = new Dictionary<string, Migration>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < migrations.Count; i++)
        {
            var (path, name) = (migrations[i].Path, migrations[i].Name);
            if (!migrations[i].IsRepeatable)
            {
                if (i > 0 && migrations[i].Version == migrations[i - 1].Version)
                {
                    problems.Add(Duplicate(path, migrations[i - 1].Path));
                }
            }
            else if (!repeatable.TryAdd(name, migrations[i]))
            {
                var other = repeatable[name];
                problems.Add(other.Name == name ? Errors.SameName(path, other.Path) : Errors.RepeatableTwice(path, other.Name));
            }
        }
    }

    private static Diagnostic Duplicate(string path, string other) => ComposedName.Of(path) == ComposedName.Of(other)
        ? Errors.SameName(path, other)
        : Errors.DuplicateVersion(path, System.IO.Path.GetFileName(other));

    private static void CheckRequirements(List<Migration> migrations, ScriptLanguage language, List<Diagnostic> problems)
    {
        if (migrations.TrueForAll(migration => migration.Header.Requires.Count == 0))
        {
            return;
        }

        var repeatable = migrations.Where(migration => migration.IsRepeatable).Select(Requirement.StemOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var earlier = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var migration in migrations)
        {
            foreach (var required in migration.Header.Requires.Where(required => !earlier.Contains(Requirement.Normalize(required, language))))
            {
                problems.Add(repeatable.Contains(Requirement.Normalize(required, language))
                    ? Errors.RequiredRepeatable(migration.Location, required)
                    : Errors.RequiredMigration(migration.Location, required));
            }

            if (migration.Version is { } version)
            {
                earlier.Add(version.ToString());
                earlier.Add(Requirement.StemOf(migration));
            }
        }
    }
}
