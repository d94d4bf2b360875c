namespace MigrationTasks.ContractTests;

/// <summary>
/// What a database has to do besides whose migrations are SQL: the syntax of scripts and headers, places in them, the state of sessions,
/// what earlier runners and other tools left behind, and what can be known before a run.
/// </summary>
public abstract partial class SqlAdapterContract : AdapterContract
{
    /// <summary>The header of a migration that runs outside a transaction.</summary>
    protected const string NoTransaction = "-- Transaction: none\n";

    /// <inheritdoc/>
    protected abstract override SqlContractDialect Dialect { get; }

    /// <summary>The database of the running test.</summary>
    protected new SqlContractDatabase Database => (SqlContractDatabase)base.Database;

    /// <summary>A migration that creates a table.</summary>
    protected static string Table(string name) => $"CREATE TABLE {name} (id INTEGER);\n";

    /// <summary>Asserts which rows a query gives.</summary>
    protected async Task RowsAreAsync(string query, params string[] rows) =>
        Assert.AreEqual(string.Join('\n', rows), string.Join('\n', await Database.QueryAsync(query)), $"The rows are not right of: {query}");

    /// <summary>Makes another database that nobody has used.</summary>
    protected async Task<SqlContractDatabase> CreateTwinAsync() => (SqlContractDatabase)await CreateDatabaseAsync();
}
