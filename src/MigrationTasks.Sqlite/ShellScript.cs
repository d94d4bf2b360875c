using System.Globalization;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>Writes what a run would do as a script for the sqlite3 shell: the same statements, frames and history rows.</summary>
/// <param name="config">The database.</param>
/// <param name="fresh">A session that nobody has used, of a database that nobody needs.</param>
/// <param name="script">Takes the script.</param>
/// <param name="completionAfter">Finds what makes a table complete that a migration has created, as statements.</param>
internal sealed class ShellScript(SqliteConfig config, SqliteSession fresh, TextWriter script, Func<Migration, CancellationToken, IReadOnlyList<string>> completionAfter) : SqlScript(new ShellCommands(config.Settings.HistoryTable, fresh.EnforcedForeignKeys), script)
{
    private readonly ShellSession _session = new(fresh);

    protected override void WriteHead()
    {
        Script.WriteLine("-- Run it with the sqlite3 shell: sqlite3 app.db < this file");
        Script.WriteLine(Notice);
        Script.WriteLine(".bail on");
        Script.WriteLine(string.Create(CultureInfo.InvariantCulture, $".timeout {Math.Min(config.Settings.LockTimeout.TotalMilliseconds, int.MaxValue):0}"));

        // Newer shells take "text" for a name only; the library that a run uses does not.
        var takesText = TakesQuotedText() ? "on" : "off";
        Script.WriteLine($".dbconfig dqs_ddl {takesText}");
        Script.WriteLine($".dbconfig dqs_dml {takesText}");
        Write(SqliteCommands.ForeignKeys(fresh.EnforcedForeignKeys));
    }

    protected override void WriteHistory(IReadOnlyList<string> completion)
    {
        WriteTitle($"the history table {config.Settings.HistoryTable}");
        Write("BEGIN IMMEDIATE");
        foreach (var change in completion)
        {
            Write(change);
        }

        Write("COMMIT");
    }

    protected override void WriteHistory(Migration migration, CancellationToken cancellation)
    {
        var completion = completionAfter(migration, cancellation);
        WriteTitle($"{migration.Name}: the history table {config.Settings.HistoryTable}");
        Write("BEGIN IMMEDIATE");
        WriteStatements(migration, cancellation);
        foreach (var change in completion)
        {
            Write(change);
        }

        Write(Language.History.Claim(migration, HistoryStatus.Applied).Text);
        Write(Language.History.Complete(migration.Name, default).Text);
        Write("COMMIT");
        WriteReset();
    }

    protected override void Write(MigrationStep step, CancellationToken cancellation)
    {
        base.Write(step, cancellation);
        WriteReset();
    }

    protected override void WriteDemand(Command claim) => Write(ShellCommands.Refusal("the history is not as it was when this script was written", "changes() = 0"));

    protected override void WriteStatement(ScriptStatement statement, CancellationToken cancellation)
    {
        Write(ShellText.Of(statement.Text));
        _session.Pass(statement.Text);
    }

    private void WriteReset()
    {
        foreach (var reset in _session.TakeReset())
        {
            Write(reset);
        }
    }

    private bool TakesQuotedText()
    {
        try
        {
            fresh.Query("SELECT \"text\"", default);
            return true;
        }
        catch (SqliteFailure)
        {
            return false;
        }
    }
}
