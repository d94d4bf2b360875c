using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Peers;

/// <summary>A database that another tool has really migrated is taken over: what it applied is not applied again, and what comes after it is.</summary>
public abstract class PeerImport : IAsyncDisposable
{
    private const string Users = "CREATE TABLE users (id INTEGER);\n";
    private const string Orders = "CREATE TABLE orders (id INTEGER);\n";

    private SqlContractDatabase _database = null!;
    private MigrationProject _project = null!;
    private TemporaryFolder _folder = null!;

    /// <summary>The database of the running test.</summary>
    protected SqlContractDatabase Database => _database;

    /// <summary>The other tool's folder.</summary>
    protected string Folder => _folder.Path;

    /// <summary>Makes a database that nobody has used, and a project for it.</summary>
    protected abstract Task<(SqlContractDatabase Database, MigrationProject Project)> CreateDatabaseAsync();

    [TestInitialize]
    public async Task CreateAsync()
    {
        (_database, _project) = await CreateDatabaseAsync();
        _folder = new TemporaryFolder();
    }

    public async ValueTask DisposeAsync()
    {
        _project?.Dispose();
        _folder?.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the other tool's scripts.</summary>
    /// <param name="first">The name of the first.</param>
    /// <param name="second">The name of the second.</param>
    /// <param name="before">What stands before the SQL in each.</param>
    /// <param name="after">What stands behind it.</param>
    protected void WriteScripts(string first, string second, string before = "", string after = "")
    {
        _folder.Write(first, before + Users + after);
        _folder.Write(second, before + Orders + after);
    }

    /// <summary>Imports what the tool applied, and runs what comes after it.</summary>
    /// <param name="tool">The tool's title.</param>
    /// <param name="first">The file of the first migration.</param>
    /// <param name="second">The file of the second.</param>
    /// <param name="hasTime">Whether the tool records when.</param>
    /// <param name="historyTable">A history table that is not the other tool's.</param>
    protected async Task ImportsAsync(string tool, string first, string second, bool hasTime = true, string? historyTable = null)
    {
        var third = $"{new string('9', first.IndexOf('_', StringComparison.Ordinal))}_third.sql";
        _project.Write(first, Users).Write(second, Orders).Write(third, "INSERT INTO orders VALUES (1);");
        if (historyTable is not null)
        {
            (await _project.MigrateAsync()).HasApplied().FailedWith("MIG3001").Says("-t:MigrateImport");
            _project.HistoryTable = historyTable;
        }

        (await _project.MigrateAsync()).HasApplied().FailedWith("MIG3024").Says(tool);
        var report = (await _project.ImportAsync()).Succeeded();

        Assert.AreEqual(tool, report.Tool);
        (await _project.MigrateAsync()).Applied(third).WithoutWarnings();
        var rows = (await _project.GetStatusAsync()).Entries.Select(entry => entry.Row!).ToList();
        Assert.AreEqual("Imported Imported Applied", string.Join(' ', rows.Select(row => row.Status)));
        Assert.AreEqual(hasTime, rows[0].ExecutedAt is { } time && (DateTimeOffset.UtcNow - time).Duration() < TimeSpan.FromDays(1), $"The time is {rows[0].ExecutedAt}.");
        Assert.AreEqual("1", await _database.ValueAsync("SELECT count(*) FROM orders"));
    }
}
