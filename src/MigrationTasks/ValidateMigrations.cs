using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Checks a project's migrations, with their database where its connection is set, and changes nothing: the task behind the target <c>MigrateValidate</c>.</summary>
public sealed class ValidateMigrations() : MigrationTask("MigrateValidate")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, Judged(await CreateWorkflow(log).ValidateAsync(Given.Lint(), cancellation).ConfigureAwait(false)), tellsWarnings: true);
}
