using System.Globalization;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>
/// Writes what a run would send to the server as a script for the <c>mariadb</c> and <c>mysql</c> clients: the same statements,
/// transactions, locks and history rows, each migration in a session of its own.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="history">The history's statements.</param>
/// <param name="collation">The collation of a run's connection.</param>
/// <param name="script">Takes the script.</param>
internal sealed class ClientScript(MySqlConfig config, MySqlHistory history, string collation, TextWriter script) : SqlScript(new MySqlCommands(config, history), script)
{
    protected override void WriteHead()
    {
        Script.WriteLine("-- Run it with the mariadb or the mysql client: mariadb --comments app < this file, mysql --loose-commands --comments app < this file.");
        Script.WriteLine("-- With source or --force it would continue after an error.");
        Script.WriteLine(Notice);

        // By this the client itself reads UTF-8, after it has connected again too.
        Script.WriteLine(@"\C utf8mb4");

        // MySQL's client has none of the other commands by default since version 9. The server would refuse the word, and show what follows it.
        Script.WriteLine("connect");
        Write("DO 'Run this script with --commands'");

        // Without that option, the bodies of routines and triggers would lose theirs.
        WriteDemand("(SELECT INFO FROM information_schema.PROCESSLIST WHERE ID = CONNECTION_ID()) LIKE CONCAT('%/', '* kept%')", "Run this script with --comments", " /* kept */");
    }

    protected override void WriteHistory(IReadOnlyList<string> completion)
    {
        WriteTitle($"the history table {history.Name}");
        WriteBegin(history.LockName);
        foreach (var change in completion)
        {
            Write(change);
        }
    }

    protected override void WriteHistory(Migration migration, CancellationToken cancellation)
    {
        WriteTitle($"{migration.Name}: the history table {history.Name}");
        WriteBegin(history.LockName);
        Write(SessionState.ForClaim(config));
        Write(SessionState.ForStatements(migration, config));
        WriteStatements(migration, cancellation);
        foreach (var command in history.CompleteUnknown)
        {
            Write(command);
        }

        Write(SessionState.ForRecord);
        Write(history.Claim(migration, HistoryStatus.Applied).Text);
        Write(history.Complete(migration.Name, default).Text);
    }

    protected override void WriteInTransaction(MigrationStep step, CancellationToken cancellation)
    {
        WriteBegin(history.LockName);
        base.WriteInTransaction(step, cancellation);
    }

    protected override void WriteOutsideTransaction(MigrationStep step, CancellationToken cancellation)
    {
        WriteBegin(history.RunLockName);
        base.WriteOutsideTransaction(step, cancellation);
    }

    // One that adds a row fails by itself.
    protected override void WriteDemand(Command claim)
    {
        if (claim.DemandsRow)
        {
            WriteDemand("ROW_COUNT() = 1", "The history is not as it was when this script was written");
        }
    }

    protected override void WriteStatement(ScriptStatement statement, CancellationToken cancellation)
    {
        Script.WriteLine(ClientText.Of(statement.Text));
        if (StatementText.CorrectionOf(statement) is { } correction)
        {
            Write(correction);
        }
    }

    // A new connection has nothing of what the migration before has left in the session, and no lock. It is to the database that
    // the client used last.
    private void WriteBegin(string lockName)
    {
        Write($"USE {MySqlLiteral.Quote(config.Database)}");
        Write("connect");
        Write($"SET NAMES utf8mb4 COLLATE {collation}");
        Write("SET SESSION autocommit = 1, sql_mode = DEFAULT");
        WriteDemand(string.Create(CultureInfo.InvariantCulture, $"GET_LOCK('{lockName}', {SessionState.SecondsOf(config.Settings.LockTimeout)}) = 1"), "Another run is migrating this database");
    }

    // The client stops at what the server refuses, and no plain statement can refuse by itself. The server shows the value that a
    // setting cannot have.
    private void WriteDemand(string condition, string otherwise, string comment = "") => Write($"SET SESSION sql_mode = IF({condition}, @@sql_mode, '{otherwise}'){comment}");
}
