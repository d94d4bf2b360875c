using Microsoft.Build.Framework;
using MigrationTasks.Adapters;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;
using MigrationTasks.Reporting;
using MigrationTasks.Terminal;
using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>
/// What the tasks have in common: their parameters, and that whatever happens ends as coded errors in the build log. No
/// parameter holds a connection: build logs record parameters, so only the name of its variable travels.
/// </summary>
public abstract class MigrationTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private ReportFile? _reportFile;

    static MigrationTask() => SharedAssemblies.Register();

    /// <summary>The project's file, a full path: relative paths start in its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The <c>MigrationsFolder</c> items, with <c>Database</c>, <c>ConnectionStringVariable</c> and <c>HistoryTable</c>; none to find <c>migrations/&lt;database&gt;/</c>.</summary>
    public ITaskItem[] Folders { get; set; } = [];

    /// <summary>The <c>MigrationPlaceholder</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Placeholders { get; set; } = [];

    /// <summary>The <c>MigrationAdapter</c> items: the assemblies of other people's adapters.</summary>
    public ITaskItem[] Adapters { get; set; } = [];

    /// <summary>Only the folders of this database; empty for all.</summary>
    public string? Database { get; set; }

    /// <summary>The newest version to apply, or the one that a rollback goes back to; empty for all.</summary>
    public string? TargetVersion { get; set; }

    /// <summary><c>Warn</c>, <c>Error</c> or <c>Allow</c>: what to do with a pending migration that is older than an applied one.</summary>
    public string? OutOfOrder { get; set; }

    /// <summary>Whether a database that another tool migrated may be run on as if it were new: <c>true</c> or <c>false</c>.</summary>
    public string? IgnoreForeignHistory { get; set; }

    /// <summary>Whether the history of the Supabase CLI is kept up too: <c>true</c> or <c>false</c>.</summary>
    public string? SupabaseHistory { get; set; }

    /// <summary>How many seconds to go on trying to connect to a server that is not there yet; 0 to try once.</summary>
    public string? ConnectTimeout { get; set; }

    /// <summary>How many seconds to wait for another run on the same database.</summary>
    public string? LockTimeout { get; set; }

    /// <summary>How many seconds a statement waits for a lock that somebody else holds, before its migration steps aside and tries again; 0 for what the server is set to.</summary>
    public string? StatementLockTimeout { get; set; }

    /// <summary>How often a migration is tried again that did not get a lock.</summary>
    public string? StatementLockRetries { get; set; }

    /// <summary>How many seconds one statement may run; 0 for as long as it takes.</summary>
    public string? CommandTimeout { get; set; }

    /// <summary>The <c>.env</c> file; empty for the nearest one from the project's folder upward.</summary>
    public string? EnvFile { get; set; }

    /// <summary>Where the result is written, as Markdown (<c>.md</c>) or JSON (<c>.json</c>); empty for nowhere.</summary>
    public string? ReportFile { get; set; }

    /// <summary>The codes of warnings that the project silences (<c>MSBuildWarningsAsMessages</c>).</summary>
    public string? SilencedWarnings { get; set; }

    /// <summary>The codes of warnings that stay warnings when all others are raised to errors (<c>MSBuildWarningsNotAsErrors</c>).</summary>
    public string? WarningsNotAsErrors { get; set; }

    /// <summary>The command line of the process that runs the build.</summary>
    public string? BuildCommandLine { get; set; }

    /// <summary>The folder of the files that restoring the project has generated (<c>MSBuildProjectExtensionsPath</c>); empty for <c>obj</c>.</summary>
    public string? ExtensionsFolder { get; set; }

    /// <summary>The project's folder, a full path.</summary>
    protected string ProjectDirectory => Path.GetDirectoryName(ProjectFile) ?? "";

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        // This process is ours alone (TaskHostFactory). Scripts are split by the engine: Npgsql need not parse them again.
        AppContext.SetSwitch("Npgsql.EnableSqlRewriting", false);
        using var status = new LiveStatus(BuildTerminal.Find);
        var log = new BuildLog(Log, ProjectFile, status);
        using var lifetime = new BuildLifetime(Cancel);
        try
        {
            CommandLine.Check(BuildEngine, ProjectFile, ExtensionsFolder, ConnectionVariables());
            log.Write(CommandLine.Unused(BuildEngine, GetType().Name));
            // Whether there can be a report is known before anything runs.
            _reportFile = Reporting.ReportFile.Create(ReportFile, ProjectDirectory);
            RunAsync(log, _cancellation.Token).GetAwaiter().GetResult();
        }
        catch (MigrationException exception)
        {
            log.Write(exception.Diagnostics);
        }
#pragma warning disable CA1031 // A bug of ours must reach the user as a coded error too, not as MSBuild's MSB4018.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.WriteInternalError(exception);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Stops the running statement on the server and rolls its migration back.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does the work.</summary>
    /// <param name="log">Where it is told.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="MigrationException">For a parameter that cannot be used, or a report that cannot be written.</exception>
    private protected abstract Task RunAsync(BuildLog log, CancellationToken cancellation);

    /// <summary>Tells the result wherever it is wanted: in the log, on the pipeline's page, and in the file that is asked for.</summary>
    /// <param name="log">The log.</param>
    /// <param name="reports">What the command did, for each database.</param>
    /// <param name="result">The same as text.</param>
    /// <exception cref="MigrationException">MIG1013 when the file cannot be written.</exception>
    private protected void Finish(BuildLog log, IReadOnlyList<DatabaseReport> reports, string result)
    {
        log.WriteResult(result);
        var report = new ProjectReport(Path.GetFileNameWithoutExtension(ProjectFile), ProjectDirectory, reports);
        PipelineSummary.Publish(report, log);
        _reportFile?.Write(report);
    }

    /// <summary>The front door of the engine, set up with the task's parameters.</summary>
    /// <param name="log">Watches.</param>
    /// <exception cref="MigrationException">MIG1010 for a parameter that cannot be used; MIG1025 and MIG1031 to MIG1035 for an adapter that cannot.</exception>
    private protected MigrationWorkflow CreateWorkflow(BuildLog log) =>
        new(new AdapterFactory([.. BuiltInAdapters.All, .. LoadAdapters()]), TaskOptions.Of(this, ProjectDirectory), log);

    private IEnumerable<string> ConnectionVariables() =>
        BuiltInAdapters.All.Select(adapter => adapter.ConnectionVariable).Concat(Folders.Select(folder => folder.GetMetadata("ConnectionStringVariable"))).Where(variable => variable.Length > 0);

    // A package that is referenced in two ways may name its assembly twice.
    private IEnumerable<AdapterDefinition> LoadAdapters() =>
        Adapters.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory)).Distinct().SelectMany(AdapterAssembly.Load);
}
