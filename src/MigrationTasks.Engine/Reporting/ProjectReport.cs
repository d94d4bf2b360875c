using MigrationTasks.Engine.Commands;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did to all databases of one project.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="ProjectDirectory">The project's folder, a full path: reports name files relative to it.</param>
/// <param name="Databases">A report for each database.</param>
public sealed record ProjectReport(string Project, string ProjectDirectory, IReadOnlyList<DatabaseReport> Databases)
{
    /// <summary>Whether the command did all that it was asked to.</summary>
    public bool Succeeded => Databases.All(database => database.Succeeded);

    /// <summary>
    /// A path as a report shows it: relative to the project when it is inside, and with forward slashes, so that a report
    /// is the same on every machine.
    /// </summary>
    /// <param name="path">A full path.</param>
    public string Shorten(string path)
    {
        var relative = Path.GetRelativePath(ProjectDirectory, path);
        var isInside = !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != "..";
        return (isInside ? relative : path).Replace('\\', '/');
    }
}
