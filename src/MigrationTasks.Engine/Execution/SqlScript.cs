using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>Writes what a run would send to an SQL database as a script for its client program: the same stream, in that program's words.</summary>
/// <param name="language">How the run is said to the program.</param>
/// <param name="script">Takes the script.</param>
internal abstract class SqlScript(CommandLanguage language, TextWriter script) : RunScript(script)
{
    /// <summary>How the run is said to the program.</summary>
    protected CommandLanguage Language => language;

    protected override void WriteInTransaction(MigrationStep step, CancellationToken cancellation) =>
        Write(new CommandStream(language, new ScriptUnit(step)).InTransaction(), cancellation);

    protected override void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation)
    {
        var stream = new CommandStream(language, new ScriptUnit(step));
        Write(stream.ClaimOutside().Concat(stream.Outside()), cancellation);
    }

    /// <summary>Writes a statement of a migration, and ends it.</summary>
    protected abstract void WriteStatement(ScriptStatement statement, CancellationToken cancellation);

    /// <summary>Stops the script when the claim that was just written has changed no row.</summary>
    /// <param name="claim">The claim.</param>
    protected abstract void WriteDemand(Command claim);

    /// <summary>Writes the statements of a migration.</summary>
    protected void WriteStatements(Migration migration, CancellationToken cancellation)
    {
        foreach (var statement in migration.ReadStatements())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteStatement(statement, cancellation);
        }
    }

    private void Write(IEnumerable<Command> commands, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            cancellation.ThrowIfCancellationRequested();
            if (command.Purpose == CommandPurpose.Statement)
            {
                WriteStatement(command.Statement!, cancellation);
                continue;
            }

            Write(command.Text);
            if (command.Purpose == CommandPurpose.Claim)
            {
                WriteDemand(command);
            }
        }
    }
}
