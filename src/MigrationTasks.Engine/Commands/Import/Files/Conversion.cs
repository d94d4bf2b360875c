using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>A file of ours that another tool's file becomes.</summary>
/// <param name="Source">Theirs, from its folder.</param>
/// <param name="Name">The name of ours.</param>
/// <param name="Text">What it holds.</param>
internal sealed record ConvertedFile(string Source, string Name, string Text);

/// <summary>What another tool's files become: the files of ours, and which stands for which.</summary>
/// <param name="format">Whose files they are.</param>
/// <param name="folder">Their folder, a full path.</param>
/// <param name="script">What a migration of ours has to say.</param>
internal sealed class Conversion(ForeignFormat format, string folder, ConvertedScript script)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whose files they are.</summary>
    public ForeignFormat Format { get; } = format;

    /// <summary>Their folder, a full path.</summary>
    public string Folder { get; } = folder;

    /// <summary>The files of ours.</summary>
    public List<ConvertedFile> Files { get; } = [];

    /// <summary>Files of theirs that become none of ours, and why.</summary>
    public List<(string Source, string Reason)> LeftOut { get; } = [];

    /// <summary>Files of theirs that cannot be turned into ours by a program.</summary>
    public List<ConversionProblem> Problems { get; } = [];

    /// <summary>The name of ours that stands for several of theirs as a baseline; <see langword="null"/> when none does.</summary>
    public string? Baseline { get; set; }

    /// <summary>The versions for which it stands, as ours have them.</summary>
    public HashSet<MigrationVersion> Replaced { get; } = [];

    /// <summary>The version that one of theirs has among ours, where that is another one; <see langword="null"/> for the same.</summary>
    public Func<string, MigrationVersion?>? Versions { get; set; }

    /// <summary>The name of ours that a script of theirs became.</summary>
    /// <param name="source">The name of theirs, without its folder.</param>
    public string? NameOf(string source) => _names.GetValueOrDefault(source);

    /// <summary>Adds a migration.</summary>
    /// <param name="file">The file of theirs.</param>
    /// <param name="stem">The name of ours without its ending: <c>001_create_users</c>.</param>
    /// <param name="up">What it does.</param>
    /// <param name="isTransactional">Whether their tool ran it in a transaction.</param>
    public void Add(ForeignFile file, string stem, string up, bool isTransactional = true)
    {
        var name = stem + script.Extension;
        _names[file.Name] = name;
        Files.Add(new ConvertedFile(file.Relative, name, script.Up(up, isTransactional)));
    }

    /// <summary>Adds what undoes a migration, if it does anything.</summary>
    /// <param name="file">The file of theirs.</param>
    /// <param name="stem">The name of ours without its ending, that of the migration.</param>
    /// <param name="down">What undoes it.</param>
    /// <param name="isTransactional">Whether their tool ran it in a transaction.</param>
    public void AddRollback(ForeignFile file, string stem, string down, bool isTransactional = true)
    {
        if (script.Down(down, isTransactional) is { } text)
        {
            Files.Add(new ConvertedFile(file.Relative, $"{stem}.down{script.Extension}", text));
        }
    }

    /// <summary>A part of a file's name that says the same and is not misread: a dot could make it a rollback's.</summary>
    /// <param name="title">What theirs is called.</param>
    public static string TitleOf(string title)
    {
        var plain = string.Concat(title.Select(character => char.IsWhiteSpace(character) || character == '.' ? '_' : character)).Trim('_', '-');
        return plain.Length > 0 ? plain : "unnamed";
    }

    /// <summary>Makes sure that what no program can turn into a file of ours was written by a person.</summary>
    /// <param name="names">The names of the files of ours that there are.</param>
    /// <exception cref="MigrationException">MIG1052 when a file still needs a person.</exception>
    public void Check(IReadOnlyCollection<string> names)
    {
        foreach (var problem in Problems)
        {
            if (problem.Stem is { } stem && names.FirstOrDefault(name => IsVersionOf(name, stem)) is { } written)
            {
                _names[System.IO.Path.GetFileName(problem.Source)] = written;
                problem.IsSolved = true;
            }
        }

        if (Problems.Exists(problem => !problem.IsSolved))
        {
            throw Errors.NotConvertible(Folder, Format.Title, [.. Problems.Where(problem => !problem.IsSolved).Select(problem => problem.ToString())]);
        }
    }

    // A repeatable one has no version, and goes by its name.
    private bool IsVersionOf(string name, string stem) =>
        MigrationFileName.TryParse(name, script.Extension, out var written) && !written.IsRollback && MigrationFileName.TryParse(stem + script.Extension, script.Extension, out var meant)
        && (written.Version is { } version ? version == meant.Version : written == meant);
}

/// <summary>A file of theirs that needs a person.</summary>
/// <param name="Source">The file, from its folder.</param>
/// <param name="Reason">Why.</param>
/// <param name="Stem">The name without its ending of what the person has to write; <see langword="null"/> when that does not help.</param>
internal sealed record ConversionProblem(string Source, string Reason, string? Stem = null)
{
    /// <summary>Whether somebody has written it.</summary>
    public bool IsSolved { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Stem is null ? $"{Source}: {Reason}" : $"{Source}: {Reason}, into {Stem}.sql";
}
