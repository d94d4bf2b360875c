using Microsoft.Build.Framework;
using MigrationTasks.Adapters;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;
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
    private readonly string _target;
    private OptionValues? _values;
    private ReportFile? _reportFile;

    static MigrationTask() => SharedAssemblies.Register();

    /// <param name="target">The target that runs it, which tells what of the options is for it.</param>
    private protected MigrationTask(string target) => _target = target;

    /// <summary>The project's file, a full path: relative paths start in its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The properties, by their names: each with its <c>Value</c>, and the <c>Targets</c> that it is for where it is not for all.</summary>
    public ITaskItem[] Options { get; set; } = [];

    /// <summary>The <c>MigrationsFolder</c> items, with <c>Database</c>, <c>ConnectionStringVariable</c> and <c>HistoryTable</c>; none to find <c>migrations/&lt;database&gt;/</c>.</summary>
    public ITaskItem[] Folders { get; set; } = [];

    /// <summary>The <c>MigrationPlaceholder</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Placeholders { get; set; } = [];

    /// <summary>The <c>MigrationAdapter</c> items: the assemblies of other people's adapters.</summary>
    public ITaskItem[] Adapters { get; set; } = [];

    private protected OptionValues Values => _values ??= ValuesOf(Options, _target);

    /// <summary>What of them is for the command.</summary>
    private protected CommandOptions Given => new(Values, ProjectDirectory);

    private string ProjectDirectory => Path.GetDirectoryName(ProjectFile) ?? "";

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
            CommandLine.Check(BuildEngine, ProjectFile, Values.Text("MSBuildProjectExtensionsPath"), ConnectionVariables());
            log.Write(CommandLine.Unused(BuildEngine, _target));
            // Whether there can be a report is known before anything runs.
            _reportFile = ReportFile.Create(Values.Text("MigrateReportFile"), ProjectDirectory);
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
    /// <param name="tellsWarnings">Whether its warnings were not told while it ran.</param>
    /// <exception cref="MigrationException">MIG1013 when the file cannot be written.</exception>
    private protected void Finish(BuildLog log, IReadOnlyList<DatabaseReport> reports, bool tellsWarnings)
    {
        log.Write(reports.SelectMany(report => tellsWarnings ? report.Warnings.Concat(report.Errors) : report.Errors));
        log.WriteResult(TextReport.Of(reports));
        var project = new ProjectReport(Path.GetFileNameWithoutExtension(ProjectFile), ProjectDirectory, reports);
        PipelineSummary.Publish(project, log);
        _reportFile?.Write(project);
    }

    /// <summary>Reports as the project wants them, which silences some warnings and raises others to errors.</summary>
    /// <param name="reports">The reports of a command that finds what is wrong and changes nothing.</param>
    private protected IReadOnlyList<DatabaseReport> Judged(IEnumerable<DatabaseReport> reports)
    {
        var (silenced, isError) = (RaisedWarnings.Silenced(Values), RaisedWarnings.Of(BuildEngine, Values));
        return [.. reports.Select(report => report.Judge(silenced.Contains, isError))];
    }

    /// <summary>The front door of the engine, set up with the task's parameters.</summary>
    /// <param name="log">Watches.</param>
    /// <exception cref="MigrationException">MIG1010 for a parameter that cannot be used; MIG1025 and MIG1031 to MIG1035 for an adapter that cannot.</exception>
    private protected MigrationWorkflow CreateWorkflow(BuildLog log) =>
        new(new AdapterFactory([.. BuiltInAdapters.All, .. LoadAdapters()]), Asked(), log);

    /// <summary>What the options and the other parameters ask for.</summary>
    internal WorkflowOptions Asked() => Given.Workflow() with
    {
        ProjectName = Path.GetFileNameWithoutExtension(ProjectFile),
        Declarations = new ProjectDeclarations(ProjectFile),
        Folders = [.. Folders.Select(Folder)],
        Placeholders = Engine.Scripts.Placeholders.Create(Placeholders.Select(item => KeyValuePair.Create(item.ItemSpec, item.GetMetadata("Value")))),
        IsWarningAsError = RaisedWarnings.Of(BuildEngine, Values),
    };

    /// <summary>What of the options is for a target.</summary>
    internal static OptionValues ValuesOf(IEnumerable<ITaskItem> options, string target) => new(options
        .Where(option => option.GetMetadata("Targets") is var targets && (targets.Length == 0 || targets.Split(';').Contains(target)))
        .Select(option => KeyValuePair.Create(option.ItemSpec, option.GetMetadata("Value"))));

    private static DeclaredFolder Folder(ITaskItem item) => new(item.ItemSpec, Metadata(item, "Database"), Metadata(item, "ConnectionStringVariable"), Metadata(item, "HistoryTable"))
    {
        DefinedIn = Metadata(item, "DefiningProjectFullPath"),
    };

    private static string? Metadata(ITaskItem item, string name) => item.GetMetadata(name) is var value && string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private IEnumerable<string> ConnectionVariables() =>
        BuiltInAdapters.All.Select(adapter => adapter.ConnectionVariable).Concat(Folders.Select(folder => folder.GetMetadata("ConnectionStringVariable"))).Where(variable => variable.Length > 0);

    // A package that is referenced in two ways may name its assembly twice.
    private IEnumerable<AdapterDefinition> LoadAdapters() =>
        Adapters.Select(item => Path.GetFullPath(item.ItemSpec, ProjectDirectory)).Distinct().SelectMany(AdapterAssembly.Load);
}
