using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Tries migrations and their rollbacks on a shadow database, and compares what they make with the lock file and the real database: the task behind the target <c>MigrateVerify</c>.</summary>
public sealed class VerifyMigrations() : MigrationTask("MigrateVerify")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var workflow = CreateWorkflow(log);
        var found = await (Given.DropsShadow ? workflow.DropShadowsAsync(Given.Shadow(), cancellation) : workflow.VerifyAsync(Given.Shadow(), cancellation)).ConfigureAwait(false);
        Finish(log, Judged(found), tellsWarnings: true);
    }
}
