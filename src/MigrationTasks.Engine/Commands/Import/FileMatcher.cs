using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>The file that an entry stands for, or why that is not certain.</summary>
/// <param name="Migration">The file.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record FileMatch(Migration? Migration, string? Problem);

/// <summary>
/// Finds the file that an entry of another tool's history stands for: the one with the script's own name; else the one with its
/// version, unless that has another name; else the only one with its name, whatever its version.
/// </summary>
/// <param name="migrations">The files.</param>
/// <param name="conversion">Which file of the other tool became which, where that is known: it comes before all else.</param>
internal sealed class FileMatcher(IReadOnlyList<Migration> migrations, Conversion? conversion = null)
{
    private readonly ILookup<string, Migration> _byTitle = migrations.Where(migration => !migration.IsRepeatable).ToLookup(migration => ScriptName.Normalize(migration.Title), StringComparer.Ordinal);
    private readonly ILookup<string, Migration> _repeatableByTitle = migrations.Where(migration => migration.IsRepeatable).ToLookup(migration => ScriptName.Normalize(migration.Title), StringComparer.Ordinal);

    /// <summary>Finds the file of an entry that is applied.</summary>
    public FileMatch Find(ForeignEntry entry)
    {
        if (entry.FileName is { } source && conversion?.NameOf(source) is { } ours && migrations.FirstOrDefault(migration => migration.Name == ours) is { } converted)
        {
            return new FileMatch(converted, null);
        }

        if (entry.FileName is { } fileName && ComposedName.Of(fileName) is var name && migrations.FirstOrDefault(migration => migration.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return new FileMatch(same, null);
        }

        var title = ScriptName.Normalize(entry.Title ?? "");
        var numbered = VersionOf(entry) is { } version ? migrations.FirstOrDefault(migration => migration.Version == version) : null;
        if (numbered is not null && (title.Length == 0 || title == ScriptName.Normalize(numbered.Title)))
        {
            return new FileMatch(numbered, null);
        }

        // Versions such as 1.1 have no place among whole numbers: whoever counted the files anew gave theirs to others. The name tells.
        var named = title.Length == 0 ? [] : _byTitle[title].ToList();
        return named.Count switch
        {
            1 => new FileMatch(named[0], null),
            0 when numbered is not null => new FileMatch(null, $"{numbered.Name} has its version, but another name"),
            0 => new FileMatch(null, title.Length == 0 ? "no file has its version" : "no file has its version or its name"),
            _ => new FileMatch(null, $"{string.Join(" and ", named.Select(migration => migration.Name))} have its name"),
        };
    }

    /// <summary>Finds the file of a repeatable entry; there need not be one.</summary>
    public Migration? FindRepeatable(ForeignEntry entry) => _repeatableByTitle[ScriptName.Normalize(entry.Title ?? "")].FirstOrDefault();

    /// <summary>An entry's version, when it is one that files can have: <c>1.0</c> is <c>1</c>, but <c>1.2</c> is none.</summary>
    public MigrationVersion? VersionOf(ForeignEntry entry)
    {
        if (conversion?.Versions is { } versions)
        {
            return versions(entry.Version ?? "");
        }

        var digits = entry.Version ?? "";
        while (digits.EndsWith(".0", StringComparison.Ordinal))
        {
            digits = digits[..^2];
        }

        return MigrationVersion.TryParse(digits, out var version) ? version : null;
    }
}
