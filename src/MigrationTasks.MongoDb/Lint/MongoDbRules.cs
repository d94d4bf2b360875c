using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Rules;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>
/// What may hurt a MongoDB in use. Collections have no schema that statements could break, and building an index blocks nobody for long;
/// but nearly nothing of this can be taken back.
/// </summary>
internal static class MongoDbRules
{
    public static IEnumerable<Diagnostic> UniqueIndexes(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<CreateIndex>()
        where step.Action.IsUnique
        select Errors.UniqueIndexMayFail(step.Action.Location, step.Action.Table.ToString());

    public static IEnumerable<Diagnostic> DroppedIndexes(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<DropTableIndex>()
        where step.Action.Index is not { } index || step.Table?.HiddenIndexes.GetValueOrDefault(index) is not { } hiddenBy || hiddenBy == migration.Migration
        select Errors.IndexDropped(step.Action.Location, step.Action.Table.ToString(), step.Action.Index?.Name.ToString());

    public static IEnumerable<Diagnostic> Validators(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<SetValidator>()
        select Errors.ValidatorForExisting(step.Action.Location, step.Action.Table.ToString());

    public static IEnumerable<Diagnostic> DroppedCollections(MigrationSketch migration, LintContext context)
    {
        var replacements = new Replacements(migration);
        foreach (var step in migration.Steps)
        {
            if (step is { IsNew: false, Action: DropTable drop, Table: not { IsView: true } } && !replacements.HasRowsOf(drop.Table))
            {
                yield return Errors.CollectionDropped(drop.Location, drop.Table.ToString());
            }

            replacements.Follow(step.Action);
        }
    }

    public static IEnumerable<Diagnostic> DroppedDatabases(MigrationSketch migration, LintContext context) =>
        from step in migration.Steps
        where step.Action is DropDatabase
        select Errors.DatabaseDropped(step.Action.Location);

    public static IEnumerable<Diagnostic> RenamedCollections(MigrationSketch migration, LintContext context)
    {
        var replacements = new Replacements(migration);
        return from step in migration.OnExisting<RenameTable>()
               where !replacements.GivesName(step.Action.Table)
               select Errors.CollectionRenamed(step.Action.Location, step.Action.Table.ToString(), step.Action.To.ToString());
    }

    public static IEnumerable<Diagnostic> RemovedFields(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<DropColumn>()
        select Errors.FieldRemoved(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.ToString());

    public static IEnumerable<Diagnostic> RenamedFields(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<RenameColumn>()
        select Errors.FieldRenamed(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.ToString(), step.Action.To.ToString());

    public static IEnumerable<Diagnostic> DeletedDocuments(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<DeleteAllRows>()
        select Errors.DocumentsDeleted(step.Action.Location, step.Action.Table.ToString());

    // What no file has created may not be there before.
    public static IEnumerable<Diagnostic> ReplacedDocuments(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<ReplaceRows>()
        where step.Table is not null
        select Errors.DocumentsReplaced(step.Action.Location, step.Action.Table.ToString());

    public static IEnumerable<Diagnostic> UpdatedDocuments(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<UpdateAllRows>()
        select Errors.DocumentsUpdated(step.Action.Location, step.Action.Table.ToString());

    public static IEnumerable<Diagnostic> MissingRollback(MigrationSketch migration, LintContext context) =>
        migration.Migration.LacksRollback
            ? [Errors.NoRollbackCommands(new SourceLocation(migration.Migration.Path, 1, 1), Path.GetFileNameWithoutExtension(migration.Migration.Name))]
            : [];
}
