namespace MigrationTasks.Engine.Planning;

/// <summary>What became of a script that stopped, and what the next run does: sentences of an error.</summary>
internal static class Consequence
{
    /// <summary>Of a migration in a transaction.</summary>
    public const string RolledBack = "The migration was rolled back.";

    /// <summary>Of a rollback that did nothing in the end.</summary>
    public const string NotUndone = "Nothing was undone: the migration is still applied.";

    /// <summary>Of a migration that was only tried.</summary>
    public const string Tried = "It was tried in a dry run, of which nothing is left.";

    /// <summary>Of a migration outside a transaction, with what to do.</summary>
    /// <param name="done">How many of its statements were applied.</param>
    /// <param name="unit">What the database calls a statement.</param>
    public static string OfMigration(int done, string unit = "statement") => done switch
    {
        0 => "Nothing of the migration was applied. Correct it and run again.",
        1 => $"It runs outside a transaction: {First(done, unit)}. Correct it and run again: the next run continues after that {unit}.",
        _ => $"It runs outside a transaction: {First(done, unit)}. Correct it and run again: the next run continues after them.",
    };

    /// <summary>Of a rollback outside a transaction, with what comes next.</summary>
    /// <param name="done">How many of its statements were applied.</param>
    /// <param name="unit">What the database calls a statement.</param>
    public static string OfRollback(int done, string unit = "statement") => done == 0
        ? NotUndone
        : $"The rollback runs outside a transaction: {First(done, unit)}. The next run says how to continue.";

    private static string First(int done, string unit) => done == 1 ? $"its first {unit} was applied" : $"its first {done} {unit}s were applied";
}
