namespace MigrationTasks.Sqlite;

/// <summary>What to tell of a script that failed in its transaction.</summary>
/// <param name="Consequence">What became of it.</param>
/// <param name="BrokeForeignKeys">What became of it, and what to do, when its statements broke a foreign key.</param>
/// <param name="MetBrokenForeignKeys">The same when rows broke it before.</param>
internal sealed record FailedScript(string Consequence, string BrokeForeignKeys, string MetBrokenForeignKeys)
{
    /// <summary>For a migration.</summary>
    public static readonly FailedScript Migration = new(
        Engine.Planning.Consequence.RolledBack,
        "They did not before this migration, which was rolled back: insert, change or delete the rows on the other side of the reference too.",
        "They already did before this migration, which was rolled back: repair the rows at its beginning, or in a migration before it.");

    /// <summary>For a migration that is only tried.</summary>
    public static readonly FailedScript DryRun = new(
        Engine.Planning.Consequence.Tried,
        "They did not before this migration, which was tried in a dry run: insert, change or delete the rows on the other side of the reference too.",
        "They already did before this migration, which was tried in a dry run: repair the rows at its beginning, or in a migration before it.");

    /// <summary>For a rollback.</summary>
    public static readonly FailedScript Rollback = new(
        Engine.Planning.Consequence.NotUndone,
        "They did not before this rollback, which was itself rolled back: the migration is still applied. Delete or change the rows that refer to what it removes.",
        "They already did before this rollback, which was itself rolled back: the migration is still applied. Repair the rows first.");
}
