using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.History;

namespace MigrationTasks.MySql;

/// <summary>The history in a MySQL database.</summary>
internal sealed class MySqlHistory : SqlHistory
{
    private static readonly MySqlHistoryDialect Dialect = new();

    public MySqlHistory(HistoryTableName name)
        : base(name, Dialect)
    {
        // Named locks are the server's, not the database's, and their names have 64 characters at most.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name.ToString().ToLowerInvariant()));
        LockName = $"MigrationTasks:{Convert.ToHexStringLower(hash.AsSpan(0, 20))}";
        RunLockName = $"{LockName}:run";
    }

    /// <summary>The name of the lock that a runner holds while it changes the history.</summary>
    public string LockName { get; }

    /// <summary>The name of the lock that a runner holds while it runs a migration outside a transaction.</summary>
    public string RunLockName { get; }

    /// <summary>Everything, with a lock on each row until the transaction ends.</summary>
    public string SelectForUpdate => $"{Select} FOR UPDATE";

    /// <summary>What makes a table complete of which nobody knows the columns: of use where nobody can look first.</summary>
    public IReadOnlyList<string> CompleteUnknown => Dialect.CompleteUnknown(Name);
}
