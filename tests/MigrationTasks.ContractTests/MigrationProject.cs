using System.Text;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Commands.Schema;
using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Commands.Verify;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

/// <summary>A project on disk with one migrations folder, and the runs that it asks for.</summary>
public sealed class MigrationProject(AdapterDefinition adapter, string connection) : IDisposable
{
    private const string Variable = "CONTRACT_CONNECTION";
    private const string MigrationsFolder = "migrations";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"migrationtasks-{Environment.ProcessId}-");

    private readonly Dictionary<string, ContractScript> _scripts = [];

    /// <summary>The project's folder.</summary>
    public string Path => _folder.FullName;

    /// <summary>How long a run waits for a server that is not there.</summary>
    public TimeSpan ConnectTimeout { get; set; }

    /// <summary>How long a run waits for another.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a statement waits for a lock, and how often it is tried again.</summary>
    public (TimeSpan Timeout, int Retries) StatementLock { get; set; } = (TimeSpan.FromSeconds(3), 10);

    /// <summary>How long one statement may run.</summary>
    public TimeSpan CommandTimeout { get; set; }

    /// <summary>What a run is asked for.</summary>
    public PlanOptions Plan { get; set; } = new();

    /// <summary>What stands for the placeholders in migrations.</summary>
    public Dictionary<string, string> Placeholders { get; } = [];

    /// <summary>The history table, when it is not the usual one.</summary>
    public string? HistoryTable { get; set; }

    /// <summary>The project's name, by which the history tells its migrations from those of others.</summary>
    public string ProjectName { get; set; } = "Contract";

    /// <summary>Whether the history of the database's own tool is kept up too.</summary>
    public bool KeepsToolHistory { get; set; }

    /// <summary>The full path of a file.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, MigrationsFolder, name);

    /// <summary>The full path of a migration's file, by its name without the extension.</summary>
    public string FileOf(string migration) => PathOf(migration + adapter.Language.FileExtension);

    /// <summary>Where an error of a statement is told of a migration that was written as a <see cref="ContractScript"/>; the first statement is 1.</summary>
    public SourceLocation PlaceOf(string migration, int statement)
    {
        var (line, column) = _scripts[migration].PlaceOf(statement);
        return new SourceLocation(FileOf(migration), line, column);
    }

    /// <summary>Writes what a migration does in the language of the database; its name has no extension.</summary>
    public MigrationProject Write(string migration, ContractScript script)
    {
        _scripts[migration] = script;
        return Write(migration + adapter.Language.FileExtension, $"{script}");
    }

    /// <summary>Writes a file as UTF-8 without a byte order mark.</summary>
    public MigrationProject Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file byte by byte.</summary>
    public MigrationProject Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
        return this;
    }

    /// <summary>Deletes a file.</summary>
    public MigrationProject Delete(string name)
    {
        File.Delete(PathOf(name));
        return this;
    }

    /// <summary>Runs the migrations.</summary>
    public async Task<RunReport> MigrateAsync(IRunObserver? observer = null, CancellationToken cancellation = default) =>
        (await Workflow(observer).MigrateAsync(cancellation)).Single();

    /// <summary>Writes what a run would do as a script.</summary>
    public async Task<DryRunReport> DryRunAsync(string? file = null, CancellationToken cancellation = default) =>
        (await Workflow(null).DryRunAsync(new DryRunOptions(System.IO.Path.Combine(Path, "obj"), file), cancellation)).Single();

    /// <summary>Tries what a run would do, and rolls it back.</summary>
    public async Task<DryRunReport> RehearseAsync(IRunObserver? observer = null, CancellationToken cancellation = default) =>
        (await Workflow(observer).DryRunAsync(new DryRunOptions(System.IO.Path.Combine(Path, "obj"), Mode: DryRunMode.Rollback), cancellation)).Single();

    /// <summary>Undoes so many migrations.</summary>
    public Task<RollbackReport> RollBackAsync(int steps = 1, IRunObserver? observer = null, CancellationToken cancellation = default) =>
        RollBackAsync(new RollbackOptions(steps), observer, cancellation);

    /// <summary>Undoes so many migrations, once what only the history keeps of them was read and confirmed.</summary>
    public async Task<RollbackReport> RollBackConfirmedAsync(int steps = 1)
    {
        const string Confirmation = "MigrateRollbackStored=";
        var refused = await RollBackAsync(steps);
        var message = refused.Errors.First(error => error.Code == "MIG3033").Message;
        var confirmed = message[(message.IndexOf(Confirmation, StringComparison.Ordinal) + Confirmation.Length)..].Split('.')[0];
        return await RollBackAsync(new RollbackOptions(steps, Stored: confirmed), null, default);
    }

    /// <summary>Undoes one migration, with something confirmed that may not be it.</summary>
    public Task<RollbackReport> RollBackAsync(string confirmed) => RollBackAsync(new RollbackOptions(Stored: confirmed), null, default);

    /// <summary>Undoes all that is newer than a version.</summary>
    public Task<RollbackReport> RollBackToAsync(string version, IRunObserver? observer = null)
    {
        Assert.IsTrue(MigrationVersion.TryParse(version, out var target));
        return RollBackAsync(new RollbackOptions(Target: target), observer, default);
    }

    /// <summary>Reads the status.</summary>
    public async Task<StatusReport> GetStatusAsync() => (await Workflow(null).GetStatusAsync(default)).Single();

    /// <summary>Marks migrations up to a version as applied.</summary>
    public async Task<BaselineReport> BaselineAsync(string version)
    {
        Assert.IsTrue(MigrationVersion.TryParse(version, out var target), version);
        return (await Workflow(null, Plan with { Target = target }).BaselineAsync(default)).Single();
    }

    /// <summary>Repairs the history as far as it is asked for.</summary>
    public async Task<RepairReport> RepairAsync(Repairs asked, params string[] only) =>
        (await Workflow(null).RepairAsync(new RepairOptions(asked, only), default)).Single();

    /// <summary>Takes over what another tool's history says is applied.</summary>
    public async Task<ImportReport> ImportAsync(string? from = null, string? table = null, bool isPreview = false) =>
        (await Workflow(null).ImportAsync(new ImportOptions(from is null ? null : KnownTools.ForName(from), table is null ? null : HistoryTableName.Parse(table)) { IsPreview = isPreview }, default)).Single();

    /// <summary>Writes migrations from another tool's files, and takes over what its history says is applied.</summary>
    public async Task<ImportReport> ImportFilesAsync(bool isPreview = false) =>
        (await Workflow(null).ImportAsync(new ImportOptions { WithFiles = true, IsPreview = isPreview }, default)).Single();

    /// <summary>Makes an adapter of one's own for the same database; it is not connected yet.</summary>
    public DatabaseAdapter CreateAdapter() =>
        adapter.Create(adapter.Configure(connection, new DatabaseSettings { ProjectDirectory = Path, Variable = Variable, LockTimeout = LockTimeout }));

    /// <summary>Checks the migrations, with the connection or without; what Supabase alone would say of a table is another test.</summary>
    public async Task<ValidationReport> ValidateAsync(bool withDatabase = true, LintScope lint = LintScope.Pending) =>
        (await Workflow(null, withDatabase: withDatabase).ValidateAsync(new LintOptions(lint) { ExposedSchemas = [] }, default)).Single();

    /// <summary>Tries the migrations and their rollbacks on a shadow database.</summary>
    public async Task<VerifyReport> VerifyAsync(CancellationToken cancellation = default) => (await Workflow(null).VerifyAsync(Shadow, cancellation)).Single();

    /// <summary>Writes the lock file.</summary>
    public async Task<SchemaReport> WriteSchemaAsync() => (await Workflow(null).WriteSchemaAsync(Shadow)).Single();

    /// <summary>Removes the shadow database.</summary>
    public async Task<VerifyReport> DropShadowAsync() => (await Workflow(null).DropShadowsAsync(Shadow)).Single();

    private ShadowOptions Shadow => new(System.IO.Path.Combine(Path, "obj", "MigrationTasks"));

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            _folder.Delete(recursive: true);
        }
    }

    private async Task<RollbackReport> RollBackAsync(RollbackOptions options, IRunObserver? observer, CancellationToken cancellation) =>
        (await Workflow(observer).RollBackAsync(options, cancellation)).Single();

    private MigrationWorkflow Workflow(IRunObserver? observer, PlanOptions? plan = null, bool withDatabase = true) => new(
        new AdapterFactory([adapter]),
        new WorkflowOptions
        {
            ProjectDirectory = Path,
            ProjectName = ProjectName,
            Folders = [new DeclaredFolder(MigrationsFolder, adapter.Name, Variable, HistoryTable)],
            KeepsToolHistory = KeepsToolHistory,
            Declarations = new DeclaredHistory(this),
            ConnectTimeout = ConnectTimeout,
            LockTimeout = LockTimeout,
            StatementLockTimeout = StatementLock.Timeout,
            StatementLockRetries = StatementLock.Retries,
            CommandTimeout = CommandTimeout,
            Plan = plan ?? Plan,
            Placeholders = Engine.Scripts.Placeholders.Create(Placeholders),
            Environment = name => withDatabase && name == Variable ? connection : null,
        },
        observer ?? new RecordingObserver());
}
