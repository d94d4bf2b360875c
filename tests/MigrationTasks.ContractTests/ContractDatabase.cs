namespace MigrationTasks.ContractTests;

/// <summary>A fresh, empty database, and a way to look into it that is not the adapter under test.</summary>
public abstract class ContractDatabase : IAsyncDisposable
{
    /// <summary>The connection, as a user would write it into the variable.</summary>
    public abstract string Connection { get; }

    /// <summary>Executes a script, written as its migrations are, through the driver.</summary>
    public abstract Task ExecuteAsync(string script);

    /// <summary>Reads a table through the driver; a row is the values of these columns joined by <c>|</c>, and a NULL is nothing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns; none for all of them.</param>
    /// <returns>The rows in the order in which they were added, where the database keeps that.</returns>
    public abstract Task<IReadOnlyList<string>> ReadAsync(string table, params IReadOnlyList<string> columns);

    /// <summary>Whether there is a table of a name.</summary>
    public abstract Task<bool> ExistsAsync(string table);

    public abstract ValueTask DisposeAsync();

    /// <summary>The names in the history with their states, in the order of their names.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync() => [.. (await ReadAsync("schema_migrations", "migration_name", "status")).Order(StringComparer.Ordinal)];
}
