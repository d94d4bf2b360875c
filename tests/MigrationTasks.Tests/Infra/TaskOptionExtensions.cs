using Microsoft.Build.Evaluation;
using Microsoft.Build.Utilities;
using MigrationTasks.Help;

namespace MigrationTasks.Tests.Infra;

/// <summary>Hands properties to a task as the package's targets do.</summary>
internal static class TaskOptionExtensions
{
    /// <summary>Sets a property.</summary>
    public static TTask Set<TTask>(this TTask task, string property, string? value)
        where TTask : MigrationTask
    {
        task.Options = [.. task.Options, Option(property, value ?? "")];
        return task;
    }

    private static TaskItem Option(string property, string value) => new(property, new Dictionary<string, string>
    {
        ["Value"] = ProjectCollection.Escape(value),
        ["Targets"] = string.Join(';', PackageFiles.TargetsOf(property)),
    });
}
