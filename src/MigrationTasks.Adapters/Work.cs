using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters;

/// <summary>What is being done to the database, for whoever has to find out afterwards how much of it was.</summary>
/// <param name="ScriptOf">The script that an item of it runs.</param>
/// <param name="IsDone">Whether an item is done, as the row of its migration tells; there may be none.</param>
/// <param name="Outcome">What to call the items that are done.</param>
/// <param name="Next">What to do next when the connection is lost.</param>
internal sealed record Work<TItem>(Func<TItem, MigrationScript> ScriptOf, Func<TItem, HistoryRow?, bool> IsDone, string Outcome, string Next);

/// <summary>The kinds of work.</summary>
internal static class Work
{
    /// <summary>Migrations are applied.</summary>
    public static readonly Work<MigrationStep> Apply = new(
        step => step.Migration, (step, row) => row is not null && step.IsDone(row), "pending migrations are applied", "Run again to complete.");

    /// <summary>Migrations are undone.</summary>
    public static readonly Work<RollbackScript> RollBack = new(
        script => script, (_, row) => row is null, "migrations are undone", "-t:MigrateStatus shows what is applied.");
}
