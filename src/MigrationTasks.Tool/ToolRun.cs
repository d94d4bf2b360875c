using MigrationTasks.Adapters;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Tool;

/// <summary>One command, from what is asked of it to its exit code.</summary>
/// <param name="target">The target that it is in a build.</param>
/// <param name="given">What the command line says, by the names of the properties.</param>
/// <param name="common">What every command is asked for.</param>
/// <param name="console">Where it writes.</param>
internal sealed class ToolRun(string target, IReadOnlyDictionary<string, string> given, CommonValues common, ToolConsole console)
{
    private readonly string _project = Path.GetFileName(Path.TrimEndingDirectorySeparator(common.Folder)) is { Length: > 0 } name ? name : common.Folder;
    private readonly HashSet<string> _silenced = [.. common.Silenced];
    private bool _failed;

    /// <summary>Runs it.</summary>
    /// <param name="cancellation">Stops the running statement on the server and rolls its migration back.</param>
    /// <returns>The exit code: 0 when all was done that was asked for, 1 otherwise.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var log = new ConsoleLog(console, _project, common.IsVerbose, code => _silenced.Contains(code));
        try
        {
            await RunAsync(log, cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception)
        {
            log.Write(exception.Diagnostics);
            _failed = true;
        }
#pragma warning disable CA1031 // A bug of ours must reach the user as a coded error, not as a crash.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.WriteInternalError(exception);
            _failed = true;
        }

        return _failed ? 1 : 0;
    }

    private async Task RunAsync(ConsoleLog log, CancellationToken cancellation)
    {
        if (OptionValues.IsConnection(common.Folder))
        {
            throw Errors.ConnectionAsValue("--project-directory");
        }

        if (!Directory.Exists(common.Folder))
        {
            throw Errors.NoSuchFolder(common.Folder);
        }

        var declared = Declarations.Read(common.Folder);
        _silenced.UnionWith(OptionValues.Codes(declared.Properties.GetValueOrDefault("NoWarn")));
        var values = new OptionValues(given.Select(option => option.Value.Length > 0 ? option : KeyValuePair.Create(option.Key, declared.Properties.GetValueOrDefault(option.Key) ?? "")));
        var options = new CommandOptions(values, common.Folder);
        var file = ReportFile.Create(values.Text("MigrateReportFile"), common.Folder);
        var workflow = new MigrationWorkflow(
            new AdapterFactory([.. BuiltInAdapters.All, .. declared.Adapters]),
            options.Workflow() with
            {
                ProjectName = _project,
                Folders = declared.Folders,
                Placeholders = declared.Placeholders,
                IsWarningAsError = IsWarningAsError,
            },
            log);
        if (target == "MigrateNew")
        {
            log.WriteResult(workflow.CreateMigration(values.Text("MigrateName") ?? throw Errors.OptionMissing(target, "a name", "add_users")));
            return;
        }

        var (found, tellsWarnings) = await AskAsync(workflow, options, cancellation).ConfigureAwait(false);
        // In files and on the page of a pipeline, too, a message says what is typed here.
        IReadOnlyList<DatabaseReport> reports = [.. found.Select(report => report with { Warnings = [.. report.Warnings.Select(CommandNames.Translate)], Errors = [.. report.Errors.Select(CommandNames.Translate)] })];
        log.Write(reports.SelectMany(report => tellsWarnings ? report.Warnings.Concat(report.Errors) : report.Errors));
        log.WriteResult(TextReport.Of(reports));
        var report = new ProjectReport(_project, common.Folder, reports);
        PipelineSummary.Publish(report, log);
        file?.Write(report);
        _failed |= !report.Succeeded;
    }

    private async Task<(IReadOnlyList<DatabaseReport> Reports, bool TellsWarnings)> AskAsync(MigrationWorkflow workflow, CommandOptions options, CancellationToken cancellation) => target switch
    {
        "MigrateStatus" => (await workflow.GetStatusAsync(cancellation).ConfigureAwait(false), true),
        "MigrateDryRun" => (await workflow.DryRunAsync(options.DryRun(), cancellation).ConfigureAwait(false), false),
        "MigrateRollback" => (await workflow.RollBackAsync(options.Rollback(), cancellation).ConfigureAwait(false), false),
        "MigrateValidate" => (Judged(await workflow.ValidateAsync(options.Lint(), cancellation).ConfigureAwait(false)), true),
        "MigrateVerify" when options.DropsShadow => (await workflow.DropShadowsAsync(options.Shadow(), cancellation).ConfigureAwait(false), true),
        "MigrateVerify" => (Judged(await workflow.VerifyAsync(options.Shadow(), cancellation).ConfigureAwait(false)), true),
        "MigrateSchema" => (Judged(await workflow.WriteSchemaAsync(options.Shadow(), cancellation).ConfigureAwait(false)), true),
        "MigrateBaseline" => (await workflow.BaselineAsync(cancellation).ConfigureAwait(false), true),
        "MigrateRepair" => (await workflow.RepairAsync(options.Repair(), cancellation).ConfigureAwait(false), true),
        "MigrateImport" => (await workflow.ImportAsync(options.Import(), cancellation).ConfigureAwait(false), true),
        _ => (await workflow.MigrateAsync(cancellation).ConfigureAwait(false), false),
    };

    private IReadOnlyList<DatabaseReport> Judged(IEnumerable<DatabaseReport> reports) => [.. reports.Select(report => report.Judge(_silenced.Contains, IsWarningAsError))];

    private bool IsWarningAsError(string code) => !_silenced.Contains(code) && (common.RaisesAll || common.Raised.Contains(code));
}
