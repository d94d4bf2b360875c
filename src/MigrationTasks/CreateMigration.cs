using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Starts a new migration file: the task behind the target <c>MigrateNew</c>. No connection is needed.</summary>
public sealed class CreateMigration : MigrationTask
{
    private const string ShortProperty = "Name";

    /// <summary>What the migration does, such as <c>add_users</c>; when empty, the property <c>Name</c> of the command line.</summary>
    public string? MigrationName { get; set; }

    /// <inheritdoc/>
    private protected override Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        log.WriteResult(CreateWorkflow(log).CreateMigration(string.IsNullOrWhiteSpace(MigrationName) ? NameOnCommandLine() : MigrationName));
        return Task.CompletedTask;
    }

    // As a property of the project, Name may mean something else; and MSBuild takes every variable of the environment for a
    // property, of which NAME is the computer's on some systems. Nobody but the command line sets a global one.
    private string? NameOnCommandLine() => CommandLine.Properties(BuildEngine).FirstOrDefault(property => property.Key.Equals(ShortProperty, StringComparison.OrdinalIgnoreCase)).Value;
}
