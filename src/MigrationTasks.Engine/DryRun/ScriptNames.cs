using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.DryRun;

/// <summary>Names the scripts of a dry run after their migrations folders: <c>migrations-sqlite.sql</c>, each name once.</summary>
/// <param name="projectDirectory">The project's folder, a full path.</param>
/// <param name="options">What the dry run is asked for.</param>
internal sealed class ScriptNames(string projectDirectory, DryRunOptions options)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of the next script.</summary>
    /// <param name="context">The database and the folder that it is for.</param>
    public string Next(CommandContext context)
    {
        if (options.ScriptFile is { } file)
        {
            return file;
        }

        var parts = Path.GetRelativePath(projectDirectory, context.Folder).Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar, Path.VolumeSeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', parts.Where(part => part is not ("." or "..")).DefaultIfEmpty(context.Definition.Name));
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return Path.Combine(options.ScriptFolder, unique + context.Definition.Language.FileExtension);
    }
}
