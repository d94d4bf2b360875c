using System.Globalization;
using Microsoft.Build.Framework;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks;

/// <summary>
/// Makes sense of what a task is given. All of it is text, so that a wrong value is an error that names the property
/// and says what it may be, rather than MSBuild's.
/// </summary>
internal static class TaskOptions
{
    // Timers take no more milliseconds than fit in an Int32.
    private const int MaximumSeconds = int.MaxValue / 1000;

    private const int MaximumRetries = 1_000_000;

    public static WorkflowOptions Of(MigrationTask task, string projectDirectory)
    {
        var options = new WorkflowOptions
        {
            ProjectDirectory = projectDirectory,
            ProjectName = Path.GetFileNameWithoutExtension(task.ProjectFile),
            Declarations = new ProjectDeclarations(task.ProjectFile),
            Folders = [.. task.Folders.Select(Folder)],
            Placeholders = Placeholders.Create(task.Placeholders.Select(item => KeyValuePair.Create(item.ItemSpec, item.GetMetadata("Value")))),
            EnvFile = Text(task.EnvFile),
            Database = Text(task.Database),
            KeepsToolHistory = Flag("MigrateSupabaseHistory", task.SupabaseHistory),
            IsWarningAsError = RaisedWarnings.Of(task),
            Plan = new PlanOptions(
                Choice("MigrateOutOfOrder", task.OutOfOrder, new PlanOptions().OutOfOrder),
                Version("MigrateTargetVersion", task.TargetVersion),
                Flag("MigrateIgnoreForeignHistory", task.IgnoreForeignHistory)),
        };
        return options with
        {
            ConnectTimeout = Seconds("MigrateConnectTimeout", task.ConnectTimeout, options.ConnectTimeout),
            LockTimeout = Seconds("MigrateLockTimeout", task.LockTimeout, options.LockTimeout),
            StatementLockTimeout = Seconds("MigrateStatementLockTimeout", task.StatementLockTimeout, options.StatementLockTimeout),
            StatementLockRetries = Count("MigrateStatementLockRetries", task.StatementLockRetries, options.StatementLockRetries),
            CommandTimeout = Seconds("MigrateCommandTimeout", task.CommandTimeout, options.CommandTimeout),
        };
    }

    public static RepairOptions Of(RepairHistory task)
    {
        (Repairs Repair, string? Value)[] properties =
        [
            (Repairs.Checksums, task.Checksums), (Repairs.Renamed, task.Renamed), (Repairs.Failed, task.Failed), (Repairs.Completed, task.Completed), (Repairs.Missing, task.Missing), (Repairs.Empty, task.Empty),
        ];
        var asked = properties.Where(property => Flag($"MigrateRepair{property.Repair}", property.Value)).Aggregate(Repairs.None, (all, property) => all | property.Repair);
        return asked.HasFlag(Repairs.Failed | Repairs.Completed)
            ? throw Errors.InvalidOption("MigrateRepairCompleted", "true", "false where MigrateRepairFailed is true: one keeps the row that the other removes")
            : new RepairOptions(asked, (task.Only ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    public static LintOptions Of(ValidateMigrations task)
    {
        var usual = new LintOptions();
        var schemas = (task.ExposedSchemas ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new LintOptions(Choice("MigrateLint", task.Lint, usual.Scope), Version("MigrateLintAfter", task.LintAfter))
        {
            ExposedSchemas = schemas.Length > 0 ? schemas : usual.ExposedSchemas,
        };
    }

    public static DryRunOptions Of(DryRunMigrations task, string projectDirectory) => new(
        // MSBuild leaves the backslash of obj\ as it is where there is no such folder yet.
        Path.GetFullPath((Text(task.ScriptFolder) ?? "obj").Replace('\\', Path.DirectorySeparatorChar), projectDirectory),
        Text(task.ScriptFile) is { } file ? Path.GetFullPath(file, projectDirectory) : null,
        Choice("MigrateDryRunMode", task.Mode, DryRunMode.Script));

    /// <summary>How far to go back.</summary>
    /// <exception cref="MigrationException">MIG1010 for a number of steps that is none, MIG1019 when there is a target too.</exception>
    public static RollbackOptions Rollback(string? steps, string? targetVersion, string? stored)
    {
        var options = new RollbackOptions(Target: Version("MigrateTargetVersion", targetVersion), Stored: Text(stored));
        return Text(steps) switch
        {
            null => options,
            _ when options.Target is not null => throw Errors.OptionsExclude("MigrateSteps", "MigrateTargetVersion"),
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => options with { Steps = number },
            var text => throw Errors.InvalidOption("MigrateSteps", text, "how many migrations to undo, at least 1; MigrateTargetVersion=0 undoes all"),
        };
    }

    public static ImportOptions Of(ImportHistory task) => new(
        Text(task.From) is { } from ? KnownTools.ForName(from) : null,
        Text(task.Table) is { } table ? HistoryTableName.TryParse(table) ?? throw Errors.InvalidOption("MigrateImportTable", table, "the name of a table, or schema.table") : null)
    {
        IsPreview = Flag("MigrateImportPreview", task.Preview),
        WithFiles = Flag("MigrateImportFiles", task.WithFiles),
        Folder = Text(task.Folder),
    };

    private static DeclaredFolder Folder(ITaskItem item) => new(
        item.ItemSpec,
        Text(item.GetMetadata("Database")),
        Text(item.GetMetadata("ConnectionStringVariable")),
        Text(item.GetMetadata("HistoryTable")))
    {
        DefinedIn = Text(item.GetMetadata("DefiningProjectFullPath")),
    };

    private static TChoice Choice<TChoice>(string property, string? value, TChoice usual)
        where TChoice : struct, Enum
    {
        var names = Enum.GetNames<TChoice>();
        return Text(value) switch
        {
            null => usual,
            var text when names.Contains(text, StringComparer.OrdinalIgnoreCase) => Enum.Parse<TChoice>(text, ignoreCase: true),
            var text => throw Errors.InvalidOption(property, text, $"{string.Join(", ", names[..^1])} or {names[^1]}", names),
        };
    }

    private static MigrationVersion? Version(string property, string? value) => Text(value) switch
    {
        null => null,
        var text when MigrationVersion.TryParse(text, out var version) => version,
        var text => throw Errors.InvalidOption(property, text, "the version of a migration, such as 003"),
    };

    private static int Count(string property, string? value, int usual) => Text(value) switch
    {
        null => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaximumRetries => count,
        var text => throw Errors.InvalidOption(property, text, $"a whole number, from 0 to {MaximumRetries}"),
    };

    private static bool Flag(string property, string? value) => Text(value) switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw Errors.InvalidOption(property, text, "true or false", ["true", "false"]),
    };

    private static TimeSpan Seconds(string property, string? value, TimeSpan usual) => Text(value) switch
    {
        null => usual,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaximumSeconds => TimeSpan.FromSeconds(seconds),
        var text => throw Errors.InvalidOption(property, text, $"a whole number of seconds, from 0 to {MaximumSeconds}"),
    };

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
