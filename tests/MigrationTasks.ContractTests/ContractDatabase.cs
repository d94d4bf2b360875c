namespace MigrationTasks.ContractTests;

/// <summary>A fresh, empty database, and a way to look into it that is not the adapter under test.</summary>
public abstract class ContractDatabase : IAsyncDisposable
{
    /// <summary>The connection, as a user would write it into the variable.</summary>
    public abstract string Connection { get; }

    /// <summary>Executes statements through the driver.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>Runs a query through the driver; a row is its values joined by <c>|</c>, and a NULL is nothing.</summary>
    public abstract Task<IReadOnlyList<string>> QueryAsync(string sql);

    /// <summary>Runs a script with the database's own client program; for a database for which scripts can be written.</summary>
    public virtual (int ExitCode, string Output) RunScript(string file) => throw new NotSupportedException($"{GetType().Name} should run a script with the database's own client program.");

    /// <summary>All that is in the database but the rows of the history, as its own client program writes it; for one for which scripts can be written, or on which migrations can be tried.</summary>
    public virtual string Dump() => throw new NotSupportedException($"{GetType().Name} should dump the database with its own client program.");

    public abstract ValueTask DisposeAsync();

    /// <summary>The first row of a query.</summary>
    public async Task<string> ValueAsync(string sql) => (await QueryAsync(sql))[0];

    /// <summary>The names in the history with their states, in the order of their names.</summary>
    public Task<IReadOnlyList<string>> HistoryAsync() => QueryAsync("SELECT migration_name, status FROM schema_migrations ORDER BY migration_name");
}
