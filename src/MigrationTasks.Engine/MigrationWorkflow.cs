using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine;

/// <summary>
/// The front door: everything that a project asks for, from its folders and the names of its variables to a report for each
/// database. A user's mistake is a diagnostic in a report, never an exception.
/// </summary>
/// <param name="adapters">The databases there are.</param>
/// <param name="options">What the project asks for.</param>
/// <param name="observer">Watches.</param>
public sealed class MigrationWorkflow(AdapterFactory adapters, WorkflowOptions options, IRunObserver observer)
{
    /// <summary>Applies what is pending, one database after the other; one that fails does not stop the others.</summary>
    /// <param name="cancellation">Stops the running statement on the server and rolls its migration back.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<RunReport>> MigrateAsync(CancellationToken cancellation) => ForEachFolderAsync(
        context => new MigrationRunner(context, options.Plan).MigrateAsync(cancellation),
        (database, folder, errors) => new RunReport { Database = database, Folder = folder, Errors = errors },
        cancellation);

    /// <summary>Reads where every migration stands; changes nothing.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<StatusReport>> GetStatusAsync(CancellationToken cancellation) => ForEachFolderAsync(
        context => new StatusReader(context, options.Plan).ReadAsync(cancellation),
        (database, folder, errors) => new StatusReport { Database = database, Folder = folder, Errors = errors },
        cancellation);

    private async Task<IReadOnlyList<TReport>> ForEachFolderAsync<TReport>(
        Func<CommandContext, Task<TReport>> run,
        Func<string, string, IReadOnlyList<Diagnostic>, TReport> fail,
        CancellationToken cancellation)
    {
        ConnectionVariables variables;
        IReadOnlyList<DatabaseFolder> folders;
        try
        {
            variables = ConnectionVariables.Create(options.ProjectDirectory, options.EnvFile, options.Environment);
            folders = new FolderDiscovery(adapters, variables).Resolve(options.ProjectDirectory, options.Folders, options.Database, observer.Warned);
        }
        catch (MigrationException exception)
        {
            return [fail("", options.ProjectDirectory, exception.Diagnostics)];
        }

        var reports = new List<TReport>();
        foreach (var folder in folders)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                var config = new DatabaseConfigFactory(variables).Create(folder.Adapter, SettingsOf(folder));
                var adapter = folder.Adapter.Create(config);
                await using var disposal = adapter.ConfigureAwait(false);
                reports.Add(await run(new CommandContext(adapter, folder.Adapter, folder.Path, options.Placeholders, observer)).ConfigureAwait(false));
            }
            catch (MigrationException exception)
            {
                reports.Add(fail(folder.Adapter.Name, folder.Path, exception.Diagnostics));
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                reports.Add(fail(folder.Adapter.Name, folder.Path, Errors.Cancelled(default).Diagnostics));
            }
        }

        return reports;
    }

    private DatabaseSettings SettingsOf(DatabaseFolder folder) => new()
    {
        ProjectDirectory = options.ProjectDirectory,
        Variable = folder.Variable,
        HistoryTable = folder.HistoryTable,
        LockTimeout = options.LockTimeout,
        StatementLockTimeout = options.StatementLockTimeout,
        StatementLockRetries = options.StatementLockRetries,
        CommandTimeout = options.CommandTimeout,
    };
}
