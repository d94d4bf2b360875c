using System.Globalization;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>Writes what a run would do as a script for the sqlite3 shell: the same statements, frames and history rows.</summary>
/// <param name="config">The database.</param>
/// <param name="history">The history's statements.</param>
/// <param name="fresh">A session that nobody has used, of a database that nobody needs.</param>
/// <param name="script">Takes the script.</param>
internal sealed class ShellScript(SqliteConfig config, SqliteHistoryTable history, SqliteSession fresh, TextWriter script) : RunScript(script)
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
        WriteForeignKeys(fresh.EnforcedForeignKeys);
    }

    protected override void WriteHistory(IReadOnlyList<string> completion)
    {
        WriteTitle($"the history table {history.Name}");
        Write("BEGIN IMMEDIATE");
        foreach (var change in completion)
        {
            Write(change);
        }

        Write("COMMIT");
    }

    protected override void WriteHistory(Migration migration, CancellationToken cancellation)
    {
        using var rehearsal = SqliteFile.Open(config.Scratch());
        var completion = new HistorySetup(rehearsal, config, history).Rehearse(migration, cancellation);
        WriteTitle($"{migration.Name}: the history table {history.Name}");
        Write("BEGIN IMMEDIATE");
        WriteStatements(migration, cancellation);
        foreach (var change in completion)
        {
            Write(change);
        }

        WriteClaim(new MigrationStep(migration), "applied");
        WriteEnd(migration);
        Write("COMMIT");
        WriteReset();
    }

    protected override void Write(MigrationStep step, CancellationToken cancellation)
    {
        base.Write(step, cancellation);
        WriteReset();
    }

    protected override void WriteInTransaction(MigrationStep step, CancellationToken cancellation)
    {
        WriteForeignKeys(false);
        Write("BEGIN IMMEDIATE");
        WriteClaim(step, "applied");
        WriteStatements(step.Migration, cancellation);
        WriteRefusal("rows break a foreign key, PRAGMA foreign_key_check lists them", "EXISTS (SELECT 1 FROM pragma_foreign_key_check)");
        WriteEnd(step.Migration);
        Write("COMMIT");
        WriteForeignKeys(fresh.EnforcedForeignKeys);
    }

    protected override void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation)
    {
        var transaction = new OwnTransaction();
        WriteClaim(step, "running");
        foreach (var (index, (statement, checksum)) in step.Migration.ReadWithChecksums().Index())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteAlone(statement, ShellText.Of(history.Progress, step.Migration.Name, index + 1, checksum), transaction);
            transaction.Pass(statement);
        }

        WriteEnd(step.Migration);
    }

    // The entry is committed with the statement that it counts, wherever there is a transaction for both.
    private void WriteAlone(ScriptStatement statement, string entry, OwnTransaction transaction)
    {
        if (transaction.IsCommittedBy(statement))
        {
            Write(entry);
            WriteStatement(statement);
        }
        else if (transaction.IsOpen || transaction.IsOpenedBy(statement))
        {
            WriteStatement(statement);
            if (transaction.IsEndedBy(statement))
            {
                Write(entry);
            }
        }
        else if (statement.CanShareTransaction)
        {
            Write("BEGIN IMMEDIATE");
            WriteStatement(statement);
            Write(entry);
            Write("COMMIT");
        }
        else
        {
            WriteStatement(statement);
            Write(entry);
        }
    }

    private void WriteClaim(MigrationStep step, string status)
    {
        Write(step.Before is { } before
            ? ShellText.Of(history.Update, [.. SqliteHistoryTable.ClaimOf(step.Migration, status), before.Name, before.Checksum])
            : ShellText.Of(history.Insert, [.. SqliteHistoryTable.ClaimOf(step.Migration, status)]));
        WriteRefusal("the history is not as it was when this script was written", "changes() = 0");
    }

    private void WriteEnd(Migration migration) => Write(ShellText.Of(history.EndByClock, migration.Name, migration.ReadTokenChecksum()));

    // A statement that fails with the reason in its message: the shell has no other way to stop.
    private void WriteRefusal(string reason, string condition) => Write($"SELECT json_extract('{{}}', '{reason}') WHERE {condition}");

    private void WriteStatements(Migration migration, CancellationToken cancellation)
    {
        foreach (var statement in migration.ReadStatements())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteStatement(statement);
        }
    }

    private void WriteStatement(ScriptStatement statement)
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

    private void WriteForeignKeys(bool enforce) => Write($"PRAGMA foreign_keys = {(enforce ? "ON" : "OFF")}");

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
