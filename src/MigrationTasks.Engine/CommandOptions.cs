using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine;

/// <summary>What each property is for: a line for each, with what it may be and where it goes. The table of the options.</summary>
/// <param name="values">What the project says.</param>
/// <param name="projectDirectory">The project's folder, a full path.</param>
internal sealed class CommandOptions(OptionValues values, string projectDirectory)
{
    private const int MaximumRetries = 1_000_000;

    /// <summary>What all commands ask for; the project's name, folders and placeholders are for the caller to add.</summary>
    /// <exception cref="MigrationException">MIG1010 for a value that cannot be used.</exception>
    public WorkflowOptions Workflow()
    {
        var usual = new WorkflowOptions { ProjectDirectory = projectDirectory };
        return usual with
        {
            EnvFile = values.Text("MigrateEnvFile"),
            Database = values.Text("MigrateDatabase"),
            KeepsToolHistory = values.Flag("MigrateSupabaseHistory"),
            Plan = new PlanOptions(
                values.Choice("MigrateOutOfOrder", usual.Plan.OutOfOrder),
                values.Version("MigrateTargetVersion"),
                values.Flag("MigrateIgnoreForeignHistory")),
            ConnectTimeout = values.Seconds("MigrateConnectTimeout", usual.ConnectTimeout),
            LockTimeout = values.Seconds("MigrateLockTimeout", usual.LockTimeout),
            StatementLockTimeout = values.Seconds("MigrateStatementLockTimeout", usual.StatementLockTimeout),
            StatementLockRetries = values.Number("MigrateStatementLockRetries", usual.StatementLockRetries, 0, MaximumRetries, $"a whole number, from 0 to {MaximumRetries}"),
            CommandTimeout = values.Seconds("MigrateCommandTimeout", usual.CommandTimeout),
        };
    }

    public DryRunOptions DryRun() => new(
        IntermediateFolder,
        values.Text("MigrateDryRunFile") is { } file ? Path.GetFullPath(file, projectDirectory) : null,
        values.Choice("MigrateDryRunMode", DryRunMode.Script));

    public ShadowOptions Shadow() => new(Path.Combine(IntermediateFolder, "MigrationTasks"), values.Text("MigrateShadowVariable"));

    /// <summary>Whether the shadow databases are to be removed, and nothing else.</summary>
    public bool DropsShadow => values.Flag("MigrateShadowDrop");

    /// <exception cref="MigrationException">MIG1010 for a number of steps that is none, MIG1019 when there is a target too.</exception>
    public RollbackOptions Rollback()
    {
        var target = values.Version("MigrateTargetVersion");
        return target is not null && values.Text("MigrateSteps") is not null
            ? throw Errors.OptionsExclude("MigrateSteps", "MigrateTargetVersion")
            : new RollbackOptions(
                values.Number("MigrateSteps", new RollbackOptions().Steps, 1, int.MaxValue, "how many migrations to undo, at least 1; MigrateTargetVersion=0 undoes all"),
                target,
                values.Text("MigrateRollbackStored"));
    }

    public LintOptions Lint()
    {
        var usual = new LintOptions();
        return new LintOptions(values.Choice("MigrateLint", usual.Scope), values.Version("MigrateLintAfter"))
        {
            ExposedSchemas = values.List("MigrateExposedSchemas", ';', ',') is { Count: > 0 } schemas ? schemas : usual.ExposedSchemas,
        };
    }

    public RepairOptions Repair()
    {
        // Each has a property of its name.
        var asked = Enum.GetValues<Repairs>().Where(repair => repair != Repairs.None && values.Flag($"MigrateRepair{repair}")).Aggregate(Repairs.None, (all, repair) => all | repair);
        return asked.HasFlag(Repairs.Failed | Repairs.Completed)
            ? throw Errors.InvalidOption("MigrateRepairCompleted", "true", "false where MigrateRepairFailed is true: one keeps the row that the other removes")
            : new RepairOptions(asked, values.List("MigrateRepairOnly", ';'));
    }

    public ImportOptions Import() => new(
        values.Text("MigrateImportFrom") is { } from ? KnownTools.ForName(from) : null,
        values.Text("MigrateImportTable") is { } table ? HistoryTableName.TryParse(table) ?? throw Errors.InvalidOption("MigrateImportTable", table, "the name of a table, or schema.table") : null)
    {
        IsPreview = values.Flag("MigrateImportPreview"),
        WithFiles = values.Flag("MigrateImportFiles"),
        Folder = values.Text("MigrateImportFolder"),
    };

    // MSBuild leaves the backslash of obj\ as it is where there is no such folder yet.
    private string IntermediateFolder => Path.GetFullPath((values.Text("BaseIntermediateOutputPath") ?? "obj").Replace('\\', Path.DirectorySeparatorChar), projectDirectory);
}
