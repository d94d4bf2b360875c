using System.Text;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>What other tools' names of scripts and migrations say.</summary>
/// <param name="Version">The digits at the start, or after a usual prefix; <see langword="null"/> when there are none.</param>
/// <param name="Title">The rest, without what separates it.</param>
internal sealed record ScriptName(string? Version, string Title)
{
    private static readonly string[] Prefixes = ["Script", "Migration", "Update", "Patch", "V", "M"];
    private static readonly char[] Separators = ['_', '-', '.', ' '];
    private static readonly string[] Endings = [".sql", ".json", ".js", ".cjs", ".mjs", ".ts"];

    /// <summary>Reads a name, with or without an ending: <c>V1__create_users</c>, <c>Script0001 - Create users.sql</c>, <c>20260102030405_CreateUsers</c>.</summary>
    /// <param name="name">The name without its folder.</param>
    public static ScriptName Parse(string name)
    {
        var stem = WithoutEnding(name);
        var prefix = Prefixes.FirstOrDefault(prefix => stem.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ?? "";
        var digits = string.Concat(stem.Skip(prefix.Length).TakeWhile(char.IsAsciiDigit));
        var rest = stem[(prefix.Length + digits.Length)..];
        var isVersion = digits.Length > 0 && (rest.Length == 0 || Separators.Contains(rest[0]));
        return isVersion ? new ScriptName(digits, rest.TrimStart(Separators)) : new ScriptName(null, stem);
    }

    /// <summary>A name without the folders before it.</summary>
    /// <param name="path">A path with either slash.</param>
    public static string WithoutFolder(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>A name without the ending of a script, such as <c>.sql</c>, <c>.json</c> or <c>.js</c>.</summary>
    /// <param name="name">The name.</param>
    public static string WithoutEnding(string name) =>
        Array.Find(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending ? name[..^ending.Length] : name;

    /// <summary>What is left of a title when neither case nor separators count: <c>Create Users</c>, <c>create_users</c> and <c>CreateUsers</c> are the same.</summary>
    /// <param name="title">The title.</param>
    public static string Normalize(string title)
    {
        var letters = new StringBuilder(title.Length);
        foreach (var character in ComposedName.Of(title).Where(char.IsLetterOrDigit))
        {
            letters.Append(char.ToUpperInvariant(character));
        }

        return letters.ToString();
    }
}
