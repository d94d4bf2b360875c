using System.Diagnostics.CodeAnalysis;

namespace MigrationTasks.Engine.Migrations;

/// <summary>
/// What a migration's file name says: <c>&lt;version&gt;_&lt;name&gt;.sql</c>, <c>R__&lt;name&gt;.sql</c> when it is
/// repeatable, or <c>….down.sql</c>.
/// </summary>
/// <param name="Version">The version; <see langword="null"/> when it is repeatable.</param>
/// <param name="Title">The name after the version, with each letter and its accent as one character.</param>
/// <param name="IsRollback">Whether the file holds the rollback of the migration of the same name.</param>
public sealed record MigrationFileName(MigrationVersion? Version, string Title, bool IsRollback)
{
    private const string RepeatablePrefix = "R__";
    private const string RollbackEnding = ".down";

    /// <summary>Whether it is that of a repeatable migration.</summary>
    public bool IsRepeatable => Version is null;

    /// <summary>Whether a name is that of a repeatable migration.</summary>
    /// <param name="name">A file's name, or a name in the history, with or without its ending.</param>
    public static bool SaysRepeatable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(RepeatablePrefix, StringComparison.Ordinal);
    }

    /// <summary>Reads a file name.</summary>
    /// <param name="fileName">The name without its folder.</param>
    /// <param name="extension">The ending of migrations in this language, such as <c>.sql</c>.</param>
    /// <param name="name">What the name says, when it is that of a migration.</param>
    public static bool TryParse(string fileName, string extension, [NotNullWhen(true)] out MigrationFileName? name)
    {
        name = null;
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(extension);
        if (!fileName.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var stem = ComposedName.Of(fileName[..^extension.Length]);
        var isRollback = stem.EndsWith(RollbackEnding, StringComparison.OrdinalIgnoreCase);
        stem = isRollback ? stem[..^RollbackEnding.Length] : stem;
        if (SaysRepeatable(stem))
        {
            name = stem.Length > RepeatablePrefix.Length ? new MigrationFileName(null, stem[RepeatablePrefix.Length..], isRollback) : null;
            return name is not null;
        }

        var separator = stem.IndexOf('_', StringComparison.Ordinal);
        if (separator < 0 || separator == stem.Length - 1 || !MigrationVersion.TryParse(stem.AsSpan(0, separator), out var version))
        {
            return false;
        }

        name = new MigrationFileName(version, stem[(separator + 1)..], isRollback);
        return true;
    }
}
