using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

/// <summary>
/// What every database has to do, seen from a project: real files, real runs, and a look into the database that goes past
/// the adapter. Its tests say what migrations do, and the dialect how that is written. A database joins by deriving a class that
/// says how to get one: from <see cref="SqlAdapterContract"/>, when its migrations are SQL.
/// </summary>
public abstract partial class AdapterContract : IAsyncDisposable
{
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
        _database = await CreateDatabaseAsync();
        _project = new MigrationProject(Definition, _database.Connection);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _project?.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The extension of the files of migrations.</summary>
    private string Extension => Definition.Language.FileExtension;

    /// <summary>Asserts which numbers or texts a table holds, in any order.</summary>
    protected async Task ValuesAreAsync(string table, params IReadOnlyList<object> values) =>
        Assert.AreEqual(Sorted(values.Select(value => $"{value}")), Sorted(await Database.ReadAsync(table, "id")), $"The rows are not right of {table}.");

    /// <summary>Asserts that a table is what it was.</summary>
    protected async Task TableHoldsAsync(string table, IReadOnlyList<string> rows) =>
        Assert.AreEqual(Sorted(rows), Sorted(await Database.ReadAsync(table)), $"The rows are not right of {table}.");

    /// <summary>Asserts which migrations the history holds, with their states; their names do not need the extension.</summary>
    protected async Task HistoryIsAsync(params string[] rows) =>
        Assert.AreEqual(WithoutExtensions(rows), WithoutExtensions(await Database.HistoryAsync()), "The history is not right.");

    /// <summary>Asserts how many statements of a migration stand by its history, and its state there.</summary>
    protected async Task ProgressIsAsync(string migration, HistoryStatus status, int done) => Assert.Contains(
        $"{migration}{Extension}|{HistorySchema.TextOf(status)}|{done}",
        await Database.ReadAsync("schema_migrations", HistorySchema.Name, HistorySchema.Status, HistorySchema.StatementsDone),
        "The progress in the history is not right.");

    /// <summary>Asserts what the history keeps to undo a migration.</summary>
    protected async Task KeptRollbackIsAsync(string migration, ContractScript rollback)
    {
        ArgumentNullException.ThrowIfNull(rollback);
        var kept = (await Database.ReadAsync("schema_migrations", HistorySchema.Name, HistorySchema.Rollback)).Single(row => row.StartsWith($"{migration}{Extension}|", StringComparison.Ordinal));
        Assert.Contains(string.Join(Dialect.Separator, rollback.Statements), kept);
    }

    /// <summary>Asserts that there is no table of a name.</summary>
    protected async Task NoTableAsync(string name) => Assert.IsFalse(await Database.ExistsAsync(name), $"There should be no table {name}.");

    private string WithoutExtensions(IEnumerable<string> rows) => string.Join('\n', rows).Replace($"{Extension}|", "|", StringComparison.Ordinal);

    private static string Sorted(IEnumerable<string> rows) => string.Join('\n', rows.Order(StringComparer.Ordinal));
}
