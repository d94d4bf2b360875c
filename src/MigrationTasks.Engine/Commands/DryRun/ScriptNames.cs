using MigrationTasks.Engine.Configuration;

namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>Names the scripts of a dry run after their migrations folders: <c>migrations-sqlite.sql</c>, each name once.</summary>
/// <param name="projectDirectory">The project's folder, a full path.</param>
/// <param name="options">What the dry run is asked for.</param>
internal sealed class ScriptNames(string projectDirectory, DryRunOptions options)
{
    private readonly Dictionary<(string Folder, string Variable), string> _names = [];

    /// <summary>Gives a script to each folder, in order.</summary>
    /// <returns>The folders.</returns>
    public IReadOnlyList<DatabaseFolder> Name(IReadOnlyList<DatabaseFolder> folders)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in folders)
        {
            var name = StemOf(folder);
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = $"{name}-{number}";
            }

            _names[(folder.Path, folder.Variable)] = options.ScriptFile ?? Path.Combine(options.ScriptFolder, unique + folder.Adapter.ScriptExtension);
        }

        return folders;
    }

    /// <summary>The full path of a folder's script.</summary>
    /// <param name="context">The folder and its database.</param>
    public string NameOf(CommandContext context) => _names[(context.Folder, context.Adapter.Config.Settings.Variable)];

    private string StemOf(DatabaseFolder folder)
    {
        var parts = Path.GetRelativePath(projectDirectory, folder.Path).Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar, Path.VolumeSeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', parts.Where(part => part is not ("." or "..")).DefaultIfEmpty(folder.Database));
    }
}
