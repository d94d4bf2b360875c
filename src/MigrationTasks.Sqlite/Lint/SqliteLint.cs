using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Statements;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Sqlite.Lint;

/// <summary>What lint knows of SQLite.</summary>
internal static class SqliteLint
{
    public static LintProfile Profile { get; } = new(
        SqliteDialect.Instance,
        new ActionReader(SqliteDialect.Naming),
        [LintRules.RequiredColumns, new("MIG5020", DefaultsNotConstant), .. LintRules.Removals, LintRules.DeletedRows, LintRules.MissingRollback]);

    private static IEnumerable<Diagnostic> DefaultsNotConstant(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<AddColumn>()
        where step.Action.Column is { Default.IsConstant: false } or { IsStored: true }
        select Errors.DefaultNotConstant(step.Action.Location, step.Action.Table.ToString());
}
