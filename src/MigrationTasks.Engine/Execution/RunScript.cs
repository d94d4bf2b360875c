using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>Writes what a run would do as a script for a database's own program.</summary>
/// <param name="script">Takes the script.</param>
/// <param name="comment">What starts a line that is a comment.</param>
internal abstract class RunScript(TextWriter script, string comment = "--")
{
    /// <summary>What any such script says of itself.</summary>
    protected string Notice { get; } = $"{comment} It stops at the first error. What is committed by then stays, each migration with its history row; run -t:MigrateDryRun again for the rest.";

    /// <summary>Takes the script.</summary>
    protected TextWriter Script { get; } = script;

    /// <summary>Writes all that a run would do.</summary>
    /// <param name="plan">What it would do.</param>
    /// <param name="completion">What makes the history complete, as statements, where no migration is there for it.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public void Write(MigrationPlan plan, IReadOnlyList<string> completion, CancellationToken cancellation)
    {
        WriteHead();
        if (plan.HistoryScript is { } migration)
        {
            WriteHistory(migration, cancellation);
        }
        else if (completion.Count > 0)
        {
            WriteHistory(completion);
        }

        foreach (var step in plan.Steps)
        {
            Write(step, cancellation);
        }

        WriteFoot();
    }

    /// <summary>What is said, and set, before anything else.</summary>
    protected abstract void WriteHead();

    /// <summary>Creates the history, or completes it.</summary>
    protected abstract void WriteHistory(IReadOnlyList<string> completion);

    /// <summary>Creates the history by the migration that is there for it, and records that one.</summary>
    protected abstract void WriteHistory(Migration migration, CancellationToken cancellation);

    /// <summary>What is done at the end.</summary>
    protected virtual void WriteFoot()
    {
    }

    /// <summary>Applies a migration.</summary>
    protected virtual void Write(MigrationStep step, CancellationToken cancellation)
    {
        if (RunsInTransaction(step.Migration))
        {
            WriteTitle(step.Migration.Name);
            WriteInTransaction(step, cancellation);
        }
        else
        {
            WriteTitle($"{step.Migration.Name}, outside a transaction: if it stops, what it did until then stays, and its history row counts the statements");
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
