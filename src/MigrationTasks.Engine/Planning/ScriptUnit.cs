using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Planning;

/// <summary>What a run does in one go: it applies a migration, or undoes one.</summary>
public sealed class ScriptUnit
{
    /// <summary>Applies a migration.</summary>
    /// <param name="step">The migration, and what the history already says of it.</param>
    public ScriptUnit(MigrationStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        (Step, Script, RowName) = (step, step.Migration, step.Resume?.Row.Name ?? step.Migration.Name);
    }

    /// <summary>Undoes a migration.</summary>
    /// <param name="rollback">What undoes it.</param>
    public ScriptUnit(RollbackScript rollback)
    {
        ArgumentNullException.ThrowIfNull(rollback);
        (Rollback, Script, RowName) = (rollback, rollback, rollback.Name);
    }

    /// <summary>The migration to apply; <see langword="null"/> when one is undone.</summary>
    public MigrationStep? Step { get; }

    /// <summary>What undoes a migration; <see langword="null"/> when one is applied.</summary>
    public RollbackScript? Rollback { get; }

    /// <summary>The script that runs.</summary>
    public MigrationScript Script { get; }

    /// <summary>The migration's name in the history.</summary>
    public string RowName { get; }

    /// <summary>Where it continues, when an earlier run began it outside a transaction.</summary>
    public ResumePoint? Resume => Step?.Resume;

    /// <summary>Which statements are not sent; only of a script in a transaction can any be left out.</summary>
    internal Func<ScriptStatement, bool> LeavesOut { get; init; } = _ => false;

    /// <summary>Whether all of it is one transaction.</summary>
    public bool IsTransactional => Script.IsTransactional;

    /// <summary>Whether another transaction of the run follows at once, whose commit covers this one's.</summary>
    public bool IsFollowed { get; internal set; }

    /// <summary>Whether the migration has a row already, which is changed; else one is added.</summary>
    public bool HasRow => Rollback is not null || Step is { Resume: not null } or { Before: not null };

    /// <summary>What becomes of it when it stops: a sentence of an error, with what to do.</summary>
    /// <param name="done">How many of its statements were applied, when it runs outside a transaction.</param>
    public string ConsequenceOf(int done) => (IsTransactional, Rollback is null) switch
    {
        (true, true) => Consequence.RolledBack,
        (true, false) => Consequence.NotUndone,
        _ => ConsequenceOutside(done),
    };

    /// <summary>The same when it runs outside a transaction, whatever the script itself says.</summary>
    /// <param name="done">How many of its statements were applied.</param>
    /// <param name="statement">What the database calls a statement.</param>
    public string ConsequenceOutside(int done, string statement = "statement") =>
        Rollback is null ? Consequence.OfMigration(done, statement) : Consequence.OfRollback(done, statement);

    /// <summary>Whether it is done, as the row of its migration tells.</summary>
    /// <param name="row">The row; <see langword="null"/> when there is none.</param>
    public bool IsDone(HistoryRow? row) => Step is null ? row is null : row is not null && Step.IsDone(row);

    /// <inheritdoc/>
    public override string ToString() => Script.Name;
}
