using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Starts a new migration file: the task behind the target <c>MigrateNew</c>. No connection is needed.</summary>
public sealed class CreateMigration() : MigrationTask("MigrateNew")
{
    private const string ShortProperty = "Name";

    /// <inheritdoc/>
    private protected override Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        log.WriteResult(CreateWorkflow(log).CreateMigration(Values.Text("MigrateName") ?? NameOnCommandLine()));
        return Task.CompletedTask;
    }

    // As a property of the project, Name may mean something else; and MSBuild takes every variable of the environment for a
    // property, of which NAME is the computer's on some systems. Nobody but the command line sets a global one.
    private string? NameOnCommandLine() => CommandLine.Properties(BuildEngine).FirstOrDefault(property => property.Key.Equals(ShortProperty, StringComparison.OrdinalIgnoreCase)).Value;
}
