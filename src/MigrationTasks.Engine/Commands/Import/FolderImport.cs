using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>Connects to the database of a folder, and works there.</summary>
internal delegate Task<ImportReport> DatabaseWork(DatabaseFolder folder, Func<CommandContext, Task<ImportReport>> work);

/// <summary>
/// Takes over a database for a folder of a project. Where the other tool's history has the name of ours, the folder is declared with
/// another one: theirs stays as it is, and every other machine that has the project finds the same.
/// </summary>
/// <param name="projectDirectory">The project's folder, a full path.</param>
/// <param name="declarations">Where the project's folders are declared, or <see langword="null"/>.</param>
/// <param name="options">Which history is meant, where that is not plain, and what to do.</param>
internal sealed class FolderImport(string projectDirectory, IFolderDeclarations? declarations, ImportOptions options)
{
    private readonly Lock _declaring = new();

    /// <summary>All folders of the project, as they are declared or found.</summary>
    public IReadOnlyList<DeclaredFolder> Folders { get; set; } = [];

    /// <summary>Imports the history for one folder, and before that the files where that is asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="work">Connects and works; <see langword="null"/> when there is no connection, and files are all that can be imported.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ImportReport> RunAsync(DatabaseFolder folder, DatabaseWork? work, CancellationToken cancellation)
    {
        if (!options.WithFiles)
        {
            return await ImportAsync(folder, work!, options with { Conversion = ConversionOf(folder) }, cancellation).ConfigureAwait(false);
        }

        var conversion = ForeignFolder.Find(projectDirectory, folder.Path, options).Convert(folder.Path, folder.Adapter.Language);
        var files = new ConvertedFolder(folder.Path, folder.Adapter.Language);
        var planned = files.Plan(conversion);
        using var trial = options.IsPreview ? new TrialFolder(folder.Path) : null;
        (trial is null ? files : new ConvertedFolder(trial.Path, folder.Adapter.Language)).Write(conversion, planned);
        var report = new ImportReport { Database = folder.Adapter.Name, Folder = folder.Path, IsPreview = options.IsPreview };
        if (work is not null)
        {
            report = await TryAsync(report, () => ImportAsync(folder with { Path = trial?.Path ?? folder.Path }, work, options with { Conversion = conversion }, cancellation)).ConfigureAwait(false);
        }

        return report with { Folder = folder.Path, FilesOf = conversion.Format.Title, Files = planned };
    }

    // The files are written by now, whatever the database says.
    private static async Task<ImportReport> TryAsync(ImportReport report, Func<Task<ImportReport>> import)
    {
        try
        {
            return await import().ConfigureAwait(false);
        }
        catch (MigrationException exception)
        {
            return report with { Errors = exception.Diagnostics };
        }
    }

    // The files of ours may have been written on another machine: as long as theirs are there too, they tell which became which.
    private Conversion? ConversionOf(DatabaseFolder folder)
    {
        try
        {
            return ForeignFolder.Find(projectDirectory, folder.Path, options).Convert(folder.Path, folder.Adapter.Language);
        }
        catch (MigrationException)
        {
            return null;
        }
    }

    private async Task<ImportReport> ImportAsync(DatabaseFolder folder, DatabaseWork work, ImportOptions options, CancellationToken cancellation)
    {
        TakenHistory? taken = null;
        var report = await work(folder, async context =>
        {
            var import = new HistoryImport(context, options);
            var report = await import.RunAsync(cancellation).ConfigureAwait(false);
            taken = import.Taken;
            return report;
        }).ConfigureAwait(false);
        if (taken is null || declarations is null)
        {
            return report;
        }

        // Found out before anything is written, and written down at the end: an import that stops in between is completed by the next one.
        Declare(folder, taken.Free, isTrial: true);
        report = await work(folder with { HistoryTable = taken.Free }, context => new HistoryImport(context, options with { Taken = taken.Foreign }).RunAsync(cancellation)).ConfigureAwait(false);
        return report.Succeeded
            ? report with { HistoryTable = taken.Free.ToString(), TakenTable = taken.Foreign.Table.Name.ToString(), Declaration = Declare(folder, taken.Free, options.IsPreview) }
            : report;
    }

    // Other folders of the project may be declared at the same time, in the same file.
    private FolderDeclaration Declare(DatabaseFolder folder, HistoryTableName table, bool isTrial)
    {
        lock (_declaring)
        {
            return declarations!.SetHistoryTable(Folders, folder.Declared, table, isTrial);
        }
    }
}
