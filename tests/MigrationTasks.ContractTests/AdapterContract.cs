using MigrationTasks.Engine.Adapters;

namespace MigrationTasks.ContractTests;

/// <summary>
/// What every database has to do, seen from a project: real files, real runs, and a look into the database that goes past
/// the adapter. A database joins by deriving a class that says how to get one.
/// </summary>
public abstract partial class AdapterContract : IAsyncDisposable
{
    private readonly List<ContractDatabase> _twins = [];
    private ContractDatabase _database = null!;
    private MigrationProject _project = null!;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The adapter under test.</summary>
    protected abstract AdapterDefinition Definition { get; }

    /// <summary>What is written differently for this database.</summary>
    protected abstract ContractDialect Dialect { get; }

    /// <summary>The database of the running test.</summary>
    protected ContractDatabase Database => _database;

    /// <summary>The project of the running test.</summary>
    protected MigrationProject Project => _project;

    /// <summary>Makes a database that nobody has used.</summary>
    protected abstract Task<ContractDatabase> CreateDatabaseAsync();

    [TestInitialize]
    public async Task CreateAsync()
    {
        if (NeedsAttribute.Of(GetType(), TestContext) is { } feature && Dialect.Lacks.TryGetValue(feature, out var reason))
        {
            Assert.Inconclusive($"It does not apply to {Definition.Name}: {reason}");
        }

        _database = await CreateDatabaseAsync();
        _project = new MigrationProject(Definition, _database.Connection);
    }

    public async ValueTask DisposeAsync()
    {
        _project?.Dispose();
        foreach (var twin in _twins)
        {
            await twin.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A migration that creates a table.</summary>
    protected static string Table(string name) => $"CREATE TABLE {name} (id INTEGER);\n";

    /// <summary>Asserts which rows a query gives.</summary>
    protected async Task RowsAreAsync(string query, params string[] rows) =>
        Assert.AreEqual(string.Join('\n', rows), string.Join('\n', await Database.QueryAsync(query)), $"The rows are not right of: {query}");

    /// <summary>Asserts which migrations the history holds, with their states.</summary>
    protected async Task HistoryIsAsync(params string[] rows) =>
        Assert.AreEqual(string.Join('\n', rows), string.Join('\n', await Database.HistoryAsync()), "The history is not right.");

    /// <summary>Asserts that there is no table of a name.</summary>
    protected async Task NoTableAsync(string name)
    {
        try
        {
            await Database.QueryAsync($"SELECT * FROM {name}");
        }
        catch (System.Data.Common.DbException)
        {
            return;
        }

        Assert.Fail($"There should be no table {name}.");
    }
}
