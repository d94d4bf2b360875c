using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Applies a project's pending migrations: the task behind the targets <c>Migrate</c>, <c>MigrateAfterBuild</c> and <c>MigrateAfterPublish</c>.</summary>
public sealed class RunMigrations() : MigrationTask("Migrate")
{
    /// <summary>Whether a project without any migrations folder is an error; a hook that a whole repository shares says no.</summary>
    public bool RequireFolder { get; set; } = true;

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).MigrateAsync(cancellation).ConfigureAwait(false);
        if (RequireFolder || reports is not [{ Errors: [{ Code: "MIG1005" }] }])
        {
            Finish(log, reports, tellsWarnings: false);
        }
    }
}
