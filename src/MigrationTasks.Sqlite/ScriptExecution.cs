using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Sqlite;

/// <summary>Executes the statements of a script in the transaction that is open.</summary>
internal static class ScriptExecution
{
    public static void Run(SqliteSession session, SqliteConfig config, MigrationScript script, string consequence, CancellationToken cancellation)
    {
        foreach (var statement in script.ReadStatements())
        {
            try
            {
                session.ExecuteForeign(statement.Text, cancellation);
            }
            catch (SqliteFailure failure)
            {
                throw SqliteErrors.ForStatement(failure, config, script, statement, consequence);
            }
        }
    }
}
