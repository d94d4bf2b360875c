using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.New;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Commands.Schema;
using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Commands.Verify;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine;

/// <summary>
/// The front door: everything that a project asks for, from its folders and the names of its variables to a report for each
/// database. A user's mistake is a diagnostic in a report, never an exception.
/// </summary>
/// <param name="adapters">The databases there are.</param>
/// <param name="options">What the project asks for.</param>
/// <param name="observer">Watches; nobody does when it is omitted.</param>
public sealed class MigrationWorkflow(AdapterFactory adapters, WorkflowOptions options, IRunObserver? observer = null)
{
    private readonly IRunObserver _observer = observer ?? new Nobody();

    /// <summary>Applies what is pending, to different databases at the same time; one that fails does not stop the others.</summary>
    /// <param name="cancellation">Stops the running statement on the server and rolls its migration back.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<RunReport>> MigrateAsync(CancellationToken cancellation = default) => ForEachDatabaseAsync(
        context => new MigrationRunner(context, options.Plan).MigrateAsync(cancellation),
        cancellation);

    /// <summary>Undoes migrations of a database, newest first: of several, one must be chosen.</summary>
    /// <param name="rollback">How far to go back.</param>
    /// <param name="cancellation">Stops the running statement on the server and leaves its migration applied.</param>
    /// <returns>A report for the database, or for the project when that is not in order.</returns>
    public Task<IReadOnlyList<RollbackReport>> RollBackAsync(RollbackOptions rollback, CancellationToken cancellation = default) => ForEachDatabaseAsync(
        context => new RollbackRunner(context, rollback).RollBackAsync(cancellation),
        cancellation,
        discovery => [discovery.ResolveOne("MigrateRollback")]);

    /// <summary>
    /// Writes what a run would do as a script for the database's own client program, or does it in a transaction that is rolled back;
    /// changes nothing in the database.
    /// </summary>
    /// <param name="dryRun">Which of it, and where the script goes; when one file is named, one of several databases must be chosen.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public async Task<IReadOnlyList<DryRunReport>> DryRunAsync(DryRunOptions dryRun, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dryRun);
        var names = new ScriptNames(options.ProjectDirectory, dryRun);
        var reports = await ForEachDatabaseAsync(
            context => new DryRunner(context, options.Plan, dryRun.Mode, names.NameOf(context)).RunAsync(cancellation),
            cancellation,
            discovery => names.Name(dryRun.ScriptFile is null || dryRun.Mode != DryRunMode.Script
                ? discovery.Resolve()
                : [discovery.ResolveOne("MigrateDryRun with MigrateDryRunFile")])).ConfigureAwait(false);
        return [.. reports.Select(report => report with { Mode = dryRun.Mode })];
    }

    /// <summary>Reads where every migration stands; changes nothing.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<StatusReport>> GetStatusAsync(CancellationToken cancellation = default) => ForEachDatabaseAsync(
        context => new StatusReader(context, options.Plan).ReadAsync(cancellation),
        cancellation);

    /// <summary>
    /// Checks the migrations and what the history says of them; changes nothing. Where the connection variable is not set, it
    /// checks what needs no database.
    /// </summary>
    /// <param name="lint">What lint looks at.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<ValidationReport>> ValidateAsync(LintOptions lint, CancellationToken cancellation = default) => ForEachFolderAsync(
        (folder, variables, watcher) =>
        {
            var validator = new MigrationValidator(folder.Adapter, folder.Path, options.Placeholders, folder.HistoryTable, lint with { LimitsLocks = options.StatementLockTimeout > TimeSpan.Zero });
            return variables.ConnectionOf(folder) is null
                ? Task.FromResult(validator.Validate(folder.Variable, cancellation))
                : WithDatabaseAsync(folder, variables, watcher, context => validator.ValidateAsync(context, options.Plan, cancellation));
        },
        cancellation);

    /// <summary>Marks migrations as applied without running them, up to the target version of the plan's options.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for the database: with several, one must be chosen.</returns>
    public Task<IReadOnlyList<BaselineReport>> BaselineAsync(CancellationToken cancellation = default) => ForEachDatabaseAsync(
        context => new HistoryBaseline(context, options.Plan.Target!.Value).RunAsync(cancellation),
        cancellation,
        discovery =>
        {
            if (options.Plan.Target is null)
            {
                throw Errors.OptionMissing("MigrateBaseline", "MigrateTargetVersion", "-p:MigrateTargetVersion=003");
            }

            return [discovery.ResolveOne("MigrateBaseline")];
        });

    /// <summary>Repairs the history of each database, or lists what could be repaired.</summary>
    /// <param name="repair">What is asked for; with names, one of several databases must be chosen.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<RepairReport>> RepairAsync(RepairOptions repair, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(repair);
        return ForEachDatabaseAsync(
            context => new HistoryRepair(context, repair).RunAsync(cancellation),
            cancellation,
            discovery => repair.Only.Count == 0
                ? discovery.Resolve()
                : [discovery.ResolveOne("MigrateRepair with MigrateRepairOnly")]);
    }

    /// <summary>Takes over databases that another tool migrated: records what its history says is applied.</summary>
    /// <param name="import">Which history is meant, where that is not plain.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<ImportReport>> ImportAsync(ImportOptions import, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(import);
        var folders = new FolderImport(options.ProjectDirectory, options.Declarations, import);
        return ForEachFolderAsync(
            (folder, variables, watcher) => folders.RunAsync(
                folder,
                import.WithFiles && variables.ConnectionOf(folder) is null ? null : (place, work) => place.HistoryTable == folder.HistoryTable ? WithDatabaseAsync(place, variables, watcher, work) : OnDatabaseAsync(place, variables, watcher, work),
                cancellation),
            cancellation,
            discovery =>
            {
                var chosen = import.WithFiles
                    ? [discovery.ResolveDestination("MigrateImport with MigrateImportFiles", options.Database is null ? discovery.OnlyDatabase() : null)]
                    : discovery.Resolve();
                folders.Folders = discovery.Declared is { Count: > 0 } declared ? declared : [.. chosen.Select(folder => folder.Declared)];
                return chosen;
            });
    }

    /// <summary>
    /// Tries all migrations and their rollbacks on a shadow database, and compares what they make with the lock file and, where its
    /// connection is set, with the real database, which is not changed.
    /// </summary>
    /// <param name="shadow">Where the shadow database is.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<VerifyReport>> VerifyAsync(ShadowOptions shadow, CancellationToken cancellation = default) =>
        ForEachShadowAsync(shadow, context => new Verifier(context).RunAsync(cancellation), cancellation);

    /// <summary>Removes the shadow databases.</summary>
    /// <param name="shadow">Where they are.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<VerifyReport>> DropShadowsAsync(ShadowOptions shadow, CancellationToken cancellation = default) =>
        ForEachShadowAsync(shadow, context => new Verifier(context).DropAsync(cancellation), cancellation);

    /// <summary>Writes the lock files: the schema that the migrations of each folder make.</summary>
    /// <param name="shadow">Where the shadow database is.</param>
    /// <param name="cancellation">Stops the running statement.</param>
    /// <returns>A report for each database; one report when the project itself is not in order.</returns>
    public Task<IReadOnlyList<SchemaReport>> WriteSchemaAsync(ShadowOptions shadow, CancellationToken cancellation = default) =>
        ForEachShadowAsync(shadow, context => new SchemaKeeper(context).RunAsync(cancellation), cancellation);

    /// <summary>Starts a new migration: a file with the next version and a filled header. No database is asked.</summary>
    /// <param name="name">What the migration does, such as <c>add_users</c>.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="MigrationException">MIG1020 without a name; MIG1021 when none or several folders are meant; MIG1022 or MIG1023 when there can be no such file.</exception>
    public string CreateMigration(string? name)
    {
        const string Command = "MigrateNew";
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Errors.OptionMissing(Command, "Name", "-p:Name=add_users");
        }

        var variables = ConnectionVariables.Create(options.ProjectDirectory, options.EnvFile, options.Environment);
        var folder = Discover(variables).ResolveDestination(Command);
        return new MigrationAuthor(folder, options.Time).Create(name);
    }

    // A warning about the project comes before any database is asked.
    private void Warn(Diagnostic warning) => Warn(warning, _observer);

    private void Warn(Diagnostic warning, IRunObserver watcher)
    {
        var foreseen = new ForeseenWarnings(options.IsWarningAsError, watcher.Warned);
        foreseen.Add(warning);
        foreseen.Check();
    }

    private FolderDiscovery Discover(ConnectionVariables variables) => new(adapters, variables, options.ProjectDirectory, options.Folders, options.Database, Warn);

    private Task<IReadOnlyList<TReport>> ForEachDatabaseAsync<TReport>(
        Func<CommandContext, Task<TReport>> run,
        CancellationToken cancellation,
        Func<FolderDiscovery, IReadOnlyList<DatabaseFolder>>? resolve = null)
        where TReport : DatabaseReport, new() =>
        ForEachFolderAsync((folder, variables, watcher) => WithDatabaseAsync(folder, variables, watcher, run), cancellation, resolve);

    private Task<IReadOnlyList<TReport>> ForEachShadowAsync<TReport>(ShadowOptions shadow, Func<ShadowContext, Task<TReport>> run, CancellationToken cancellation)
        where TReport : DatabaseReport, new()
    {
        ArgumentNullException.ThrowIfNull(shadow);
        return ForEachFolderAsync(async (folder, variables, watcher) =>
        {
            var real = variables.ConnectionOf(folder) is null ? null : Open(folder, variables, watcher);
            var server = Open(ServerOf(folder, variables, shadow), variables, watcher);
            try
            {
                return await run(new ShadowContext(server, real, shadow.Folder)).ConfigureAwait(false);
            }
            finally
            {
                await server.Adapter.DisposeAsync().ConfigureAwait(false);
                if (real is not null)
                {
                    await real.Adapter.DisposeAsync().ConfigureAwait(false);
                }
            }
        }, cancellation);
    }

    // What needs no server is opened as if it were in memory, where its connection is not set.
    private static DatabaseFolder ServerOf(DatabaseFolder folder, ConnectionVariables variables, ShadowOptions shadow) =>
        shadow.Variable is { } variable && folder.Adapter.EmbeddedConnection is null ? folder with { Connection = variables.Find(variable) ?? throw Errors.ShadowNowhere(variable, isAsked: true), Variable = variable }
        : variables.ConnectionOf(folder) is not null ? folder
        : folder.Adapter.EmbeddedConnection is { } embedded ? folder with { Connection = embedded }
        : throw Errors.ShadowNowhere(folder.Variable, isAsked: false);

    private async Task<TReport> WithDatabaseAsync<TReport>(DatabaseFolder folder, ConnectionVariables variables, IRunObserver watcher, Func<CommandContext, Task<TReport>> run)
    {
        if (variables.WarningOf(folder) is { } warning)
        {
            Warn(warning, watcher);
        }

        return await OnDatabaseAsync(folder, variables, watcher, run).ConfigureAwait(false);
    }

    private async Task<TReport> OnDatabaseAsync<TReport>(DatabaseFolder folder, ConnectionVariables variables, IRunObserver watcher, Func<CommandContext, Task<TReport>> run)
    {
        var context = Open(folder, variables, watcher);
        await using var disposal = context.Adapter.ConfigureAwait(false);
        return await run(context).ConfigureAwait(false);
    }

    private CommandContext Open(DatabaseFolder folder, ConnectionVariables variables, IRunObserver watcher) =>
        new(folder.Adapter.Create(Configure(folder, variables)), folder.Adapter, folder.Path, options.Placeholders, watcher, options.Time, options.IsWarningAsError, folder.IdentityIn(options.Project, options.ProjectDirectory), folder.DisplayName);

    private DatabaseConfig Configure(DatabaseFolder folder, ConnectionVariables variables) => new DatabaseConfigFactory(variables).Create(
        folder,
        new DatabaseSettings(options) { ProjectDirectory = options.ProjectDirectory, Variable = folder.Variable, HistoryTable = folder.HistoryTable });

    private async Task<IReadOnlyList<TReport>> ForEachFolderAsync<TReport>(
        Func<DatabaseFolder, ConnectionVariables, IRunObserver, Task<TReport>> run,
        CancellationToken cancellation,
        Func<FolderDiscovery, IReadOnlyList<DatabaseFolder>>? resolve = null)
        where TReport : DatabaseReport, new()
    {
        ConnectionVariables variables;
        IReadOnlyList<DatabaseFolder> folders;
        try
        {
            variables = ConnectionVariables.Create(options.ProjectDirectory, options.EnvFile, options.Environment);
            var discovery = Discover(variables);
            folders = DatabaseFolder.TellApart(resolve?.Invoke(discovery) ?? discovery.Resolve(), options.ProjectDirectory);
            var all = options.Database is null ? folders : discovery.ResolveAll();
            await new SharedHistories(options.ProjectDirectory, options.Project, options.Folders.Count > 0, folder => Configure(folder, variables), folder => Open(folder, variables, _observer))
                .CheckAsync(all, cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception)
        {
            return [new TReport { Folder = options.ProjectDirectory, Errors = exception.Diagnostics }];
        }

        return await DatabaseRuns.RunAsync(folders, async folder =>
        {
            var watcher = folders.Count == 1 ? _observer : _observer.ForDatabase(folder.DisplayName);
            return await RunOneAsync(folder, watcher).ConfigureAwait(false) with { DisplayName = folder.DisplayName };
        }).ConfigureAwait(false);

        async Task<TReport> RunOneAsync(DatabaseFolder folder, IRunObserver watcher)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                return await run(folder, variables, watcher).ConfigureAwait(false);
            }
            catch (MigrationException exception)
            {
                return Failed(exception);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return Failed(Errors.Cancelled(default));
            }
#pragma warning disable CA1031 // A defect that one database brings to light must not hide what was done to the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                watcher.Crashed(exception);
                return Failed(DefectOf(folder.Adapter, exception));
            }

            TReport Failed(MigrationException problem) => new() { Database = folder.Adapter.Name, Folder = folder.Path, Errors = problem.Diagnostics };
        }
    }

    private static MigrationException DefectOf(AdapterDefinition adapter, Exception exception) => AdapterLoadContext.Of(adapter) switch
    {
        null when MissingDependency.FindLibrary(exception) is { } library => Errors.NativeLibraryMissing(library.Name, library.Cause, "Install it with the system's package manager."),
        null => Errors.Internal(exception),
        { AdapterPath: var path } when MissingDependency.Find(exception) is { } missing => Errors.AdapterDependency(path, missing, exception),
        { AdapterPath: var path } => Errors.AdapterUnusable(path, adapter.GetType().FullName!, $"it failed with {exception.GetType().FullName}; dotnet build -v:detailed prints where.", exception),
    };

    private sealed class Nobody : IRunObserver;
}
