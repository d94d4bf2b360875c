using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>The server's refusal of one command among several.</summary>
/// <param name="origin">Where the command comes from.</param>
/// <param name="refusal">What the server said.</param>
internal sealed class CommandFailure(CommandOrigin origin, PostgresException refusal) : Exception(refusal.MessageText, refusal)
{
    public CommandOrigin Origin => origin;

    public PostgresException Refusal => refusal;

    /// <summary>Whether the server does not do it in a transaction.</summary>
    public bool NeedsNoTransaction => origin.Purpose == CommandPurpose.Statement
        && refusal.SqlState is PostgresErrorCodes.ActiveSqlTransaction or PostgresErrorCodes.InvalidTransactionTermination;

    /// <summary>Whether another run held its lock for too long.</summary>
    public bool IsRunLock => origin.Purpose == CommandPurpose.Lock && refusal.SqlState == PostgresErrorCodes.LockNotAvailable;
}
