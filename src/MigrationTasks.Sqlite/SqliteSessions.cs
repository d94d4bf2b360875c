namespace MigrationTasks.Sqlite;

/// <summary>The session that an adapter works in: opened when it is needed, and anew when somebody's statements may have left anything in it.</summary>
/// <param name="config">The database.</param>
internal sealed class SqliteSessions(SqliteConfig config) : IDisposable
{
    private SqliteSession? _session;

    /// <summary>The session.</summary>
    public SqliteSession Current => _session ??= SqliteFile.Open(config);

    /// <summary>Opens another one in its place, unless it is as it was.</summary>
    public void Renew()
    {
        // The new one is opened before the old one goes: a database in memory lives as long as one is open.
        if (_session is { HasForeignState: true } used)
        {
            _session = SqliteFile.Open(config);
            used.Dispose();
        }
    }

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }
}
