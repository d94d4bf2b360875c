using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.New;

/// <summary>What somebody calls a new migration, in words and as part of its file's name.</summary>
/// <param name="Words">In words, for the header: <c>add users</c>.</param>
/// <param name="FilePart">As part of the name: <c>add_users</c>.</param>
internal sealed record MigrationTitle(string Words, string FilePart)
{
    private const int MaximumLength = 150;
    private const string NotInFileNames = "<>:\"|?*";

    /// <summary>Makes sense of a name; spaces are as good as underscores.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="extension">The ending of migrations, which the name may have or not.</param>
    /// <exception cref="MigrationException">MIG1022 when it cannot be part of a file's name.</exception>
    public static MigrationTitle Parse(string name, string extension)
    {
        var stem = ComposedName.Of(name.Trim());
        stem = stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? stem[..^extension.Length] : stem;
        if (ProblemOf(stem) is { } problem)
        {
            throw Errors.InvalidMigrationName(name, problem);
        }

        var words = stem.Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries);
        return new MigrationTitle(string.Join(' ', words), string.Join('_', words));
    }

    private static string? ProblemOf(string stem) => stem switch
    {
        _ when !stem.Any(char.IsLetterOrDigit) => "it has no letter and no digit.",
        _ when stem.Length > MaximumLength => $"it has more than {MaximumLength} characters.",
        _ when stem.AsSpan().ContainsAny('/', '\\') => "it holds a path separator. The folder is chosen with MigrateDatabase.",
        _ when stem.Any(char.IsControl) => "it holds a control character.",
        _ when stem.FirstOrDefault(character => NotInFileNames.Contains(character, StringComparison.Ordinal)) is not '\0' and var character => $"a file's name cannot hold {character} on every system.",
        _ when stem.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is ['_' or ' ', ..] && char.IsAsciiDigit(stem[0]) => "its version is put before it by itself.",
        _ when stem.EndsWith(".down", StringComparison.OrdinalIgnoreCase) => "with .down at its end, the file would be a rollback.",
        _ => null,
    };
}
