using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// What helps when the server refuses a statement because a transaction is open. That it does is often not to be seen in the
/// statement: a procedure that commits, a table that is partitioned.
/// </summary>
internal static class TransactionAdvice
{
    /// <returns><see langword="null"/> when the transaction is not the reason that can be taken away.</returns>
    public static string? On(Command command, string sqlState) => command switch
    {
        { Purpose: not CommandPurpose.Statement } or { Statement: null } => null,
        _ when Sets(command.Statement) => "Make it the first statement of the transaction.",
        { Unit.Script: RollbackScript { IsTransactional: true, Source: not RollbackSource.File } } =>
            "Write the rollback into a .down.sql file with '-- Transaction: none' at its top: it then runs outside a transaction.",
        { Unit.IsTransactional: true } => "Put '-- Transaction: none' at the top of the file, best in a file of its own: it then runs outside a transaction.",
        _ when sqlState == PostgresErrorCodes.ActiveSqlTransaction => "It is between a BEGIN and a COMMIT of the file: move it out of there.",
        _ => null,
    };

    private static bool Sets(ScriptStatement statement) => statement.Summary.StartsWith("SET", StringComparison.Ordinal);
}
