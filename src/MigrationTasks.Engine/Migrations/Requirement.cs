using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Migrations;

/// <summary>
/// How a <c>Requires</c> header names a migration: by its version, with or without leading zeros, or by its name, with or without
/// its ending.
/// </summary>
internal static class Requirement
{
    /// <summary>A name without what makes no difference. A dot is no ending by itself: <c>003_to_v1.2</c> is a name without one.</summary>
    /// <param name="required">What the header says.</param>
    /// <param name="language">What the migrations are written in.</param>
    public static string Normalize(string required, ScriptLanguage language) =>
        MigrationVersion.TryParse(required, out var version) ? version.ToString()
        : ComposedName.Of(required.EndsWith(language.FileExtension, StringComparison.OrdinalIgnoreCase) ? required[..^language.FileExtension.Length] : required);

    /// <summary>The name of a migration, as <see cref="Normalize"/> leaves it.</summary>
    public static string StemOf(Migration migration) => Path.GetFileNameWithoutExtension(migration.Name);

    /// <summary>Whether a header names a migration.</summary>
    /// <param name="required">What the header says.</param>
    /// <param name="migration">The migration.</param>
    public static bool Names(string required, Migration migration)
    {
        var name = Normalize(required, migration.Language);
        return name.Equals(StemOf(migration), StringComparison.OrdinalIgnoreCase) || name.Equals(migration.Version?.ToString(), StringComparison.Ordinal);
    }
}
