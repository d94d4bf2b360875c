using MigrationTasks.Help;
using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Lists the commands, properties and items there are: the task behind the target <c>MigrateHelp</c>. No database is asked.</summary>
public sealed class GetMigrationHelp() : MigrationTask("MigrateHelp")
{
    /// <inheritdoc/>
    private protected override Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        log.WriteResult(HelpText.Of(PackageFiles.Sections()));
        return Task.CompletedTask;
    }
}
