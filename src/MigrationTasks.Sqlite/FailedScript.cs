namespace MigrationTasks.Sqlite;

/// <summary>What to tell of a script that failed in its transaction.</summary>
/// <param name="Consequence">What became of it.</param>
/// <param name="BrokeForeignKeys">What became of it, and what to do, when its statements broke a foreign key.</param>
/// <param name="MetBrokenForeignKeys">The same when rows broke it before.</param>
internal sealed record FailedScript(string Consequence, string BrokeForeignKeys, string MetBrokenForeignKeys)
{
    /// <summary>For a migration.</summary>
    public static readonly FailedScript Migration = new(
        "The migration was rolled back.",
        "They did not before this migration, which was rolled back: insert, change or delete the rows on the other side of the reference too.",
        "They did so before this migration already, which was rolled back: repair the rows at its beginning, or in a migration before it.");

    /// <summary>For a migration that is only tried.</summary>
    public static readonly FailedScript DryRun = new(
        "It was tried in a dry run, of which nothing is left.",
        "They did not before this migration, which was tried in a dry run: insert, change or delete the rows on the other side of the reference too.",
        "They did so before this migration already, which was tried in a dry run: repair the rows at its beginning, or in a migration before it.");

    /// <summary>For a rollback.</summary>
    public static readonly FailedScript Rollback = new(
        "Nothing of this rollback stands: the migration is applied as before.",
        "They did not before this rollback, of which nothing stands: the migration is applied as before. Delete or change the rows that refer to what it removes.",
        "They did so before this rollback already, of which nothing stands: the migration is applied as before. Repair the rows first.");
}
