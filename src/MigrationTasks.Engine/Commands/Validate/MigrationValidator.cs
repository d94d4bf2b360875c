using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Commands.Validate;

/// <summary>Checks a folder of migrations, alone or against its database; changes nothing.</summary>
/// <param name="definition">What kind of database it is.</param>
/// <param name="folder">The folder's full path.</param>
/// <param name="placeholders">What stands for the placeholders in its migrations.</param>
/// <param name="history">The history table.</param>
/// <param name="options">What the project asks of lint.</param>
internal sealed class MigrationValidator(AdapterDefinition definition, string folder, Placeholders placeholders, HistoryTableName history, LintOptions options)
{
    /// <summary>Checks what needs no database.</summary>
    /// <param name="missingVariable">The variable that would name the database.</param>
    /// <param name="cancellation">Gives up.</param>
    public ValidationReport Validate(string missingVariable, CancellationToken cancellation)
    {
        var (files, validator, problems) = ReadFiles(new OwnTableSet(history.Schema, history.Table), cancellation);
        return Report(files) with
        {
            MissingVariable = missingVariable,
            Warnings = [.. files.Warnings, .. files.Migrations.Where(migration => migration is { CreatesHistory: false, IsEmpty: true }).Select(migration => migration.NoStatement()), .. validator.Warnings(_ => true)],
            Errors = [.. problems, .. validator.Errors(_ => true, _ => true)],
        };
    }

    /// <summary>Checks the files, and what the history says of them.</summary>
    /// <param name="context">The database and the folder.</param>
    /// <param name="plan">What a run would be asked for.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ValidationReport> ValidateAsync(CommandContext context, PlanOptions plan, CancellationToken cancellation)
    {
        var report = context.Start<ValidationReport>();
        return context.RunAsync(
            async () =>
            {
                var (files, validator, problems) = ReadFiles(context.Adapter.Config.OwnTables, cancellation);
                files = files.Identified(context.Identity);
                report = Report(files) with { Target = report.Target };
                try
                {
                    var compared = await CompareAsync(context, files, plan, cancellation).ConfigureAwait(false);
                    var entries = compared.Entries.Where(entry => entry.Migration is not null).ToDictionary(entry => entry.Migration!);
                    return report with
                    {
                        Warnings = [.. compared.Warnings, .. validator.Warnings(migration => options.Scope == LintScope.All || IsPending(entries[migration]))],
                        Errors = [.. problems, .. validator.Errors(migration => MayRun(entries[migration]), migration => IsToRun(entries[migration])), .. compared.Errors],
                    };
                }
                catch (MigrationException exception)
                {
                    throw new MigrationException([.. problems, .. validator.Errors(_ => true, _ => true), .. exception.Diagnostics]);
                }
            },
            () => report,
            () => Errors.Cancelled(default),
            cancellation);
    }

    private static async Task<MigrationPlan> CompareAsync(CommandContext context, MigrationFolder files, PlanOptions options, CancellationToken cancellation)
    {
        await context.ConnectAsync(cancellation).ConfigureAwait(false);
        var history = await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
        return await context.PlanAsync(files, history, options, cancellation).ConfigureAwait(false);
    }

    private (MigrationFolder Files, FolderValidator Validator, IReadOnlyList<Diagnostic> Problems) ReadFiles(OwnTableSet tables, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        var files = MigrationFolder.Read(folder, definition.Language, placeholders, problems, cancellation);
        var linter = definition.Lint is { } profile && options.Scope != LintScope.Off ? new FolderLinter(profile, options) : null;
        var validator = new FolderValidator(files, linter, new OwnTableGuard(tables, mayExist: true));
        validator.ReadScripts(cancellation);
        return (files, validator, problems);
    }

    private ValidationReport Report(MigrationFolder files) => new() { Database = definition.Name, Folder = folder, Migrations = files.Migrations.Count };

    // What is applied cannot be changed any more, so that a warning would be in vain.
    private static bool IsPending(PlanEntry entry) =>
        entry.IsPending || entry.State is MigrationState.Empty or MigrationState.AboveTarget or MigrationState.Failed;

    private static bool IsToRun(PlanEntry entry) => entry.State is not (MigrationState.Applied or MigrationState.Edited or MigrationState.Renamed);

    // The history begins after it: the database was there before, and so may be what no run could do.
    private static bool MayRun(PlanEntry entry) => entry.Row is not { Status: HistoryStatus.Baseline or HistoryStatus.Imported };
}
