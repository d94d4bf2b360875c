using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Adapters;

/// <summary>Writes what a run would do as a script for a database's own program.</summary>
/// <param name="script">Takes the script.</param>
/// <param name="comment">What starts a line that is a comment.</param>
internal abstract class RunScript(TextWriter script, string comment = "--")
{
    /// <summary>What any such script says of itself.</summary>
    protected string Notice { get; } = $"{comment} It stops at the first error. What is committed by then stays, each migration with its history row; run -t:MigrateDryRun again for the rest.";

    /// <summary>Takes the script.</summary>
    protected TextWriter Script { get; } = script;

    /// <summary>Applies a migration.</summary>
    /// <param name="step">The migration, and the row that it has already.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public virtual void Write(MigrationStep step, CancellationToken cancellation)
    {
        if (RunsInTransaction(step.Migration))
        {
            WriteTitle(step.Migration.Name);
            WriteInTransaction(step, cancellation);
        }
        else
        {
            WriteTitle($"{step.Migration.Name}, outside a transaction: if it stops, what it did until then stands, and its history row counts it");
            WriteOutsideTransaction(step, cancellation);
        }
    }

    /// <summary>Whether a run applies a migration in one transaction.</summary>
    protected virtual bool RunsInTransaction(Migration migration) => migration.IsTransactional;

    /// <summary>Applies a migration in one transaction with its history row.</summary>
    protected abstract void WriteInTransaction(MigrationStep step, CancellationToken cancellation);

    /// <summary>Applies a migration statement by statement, and counts those that stand.</summary>
    protected abstract void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation);

    /// <summary>Says what comes next.</summary>
    protected void WriteTitle(string title)
    {
        Script.WriteLine();
        Script.WriteLine($"{comment} {PlainText.Of(title)}");
    }

    /// <summary>Writes a statement, and ends it.</summary>
    protected void Write(string statement)
    {
        Script.Write(statement);
        Script.WriteLine(';');
    }
}
