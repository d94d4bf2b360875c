using MigrationTasks.ContractTests;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What the tests of MySQL's own ways have in common: a fresh database and a project.</summary>
public abstract class MySqlTest : IAsyncDisposable
{
    private MigrationProject? _project;

    protected MySqlServer Server { get; private set; } = null!;

    protected MySqlDatabase Database { get; private set; } = null!;

    /// <summary>A project whose connection is that of <see cref="Database"/>.</summary>
    protected MigrationProject Project => _project ??= ProjectAt(Database.Url);

    [TestInitialize]
    public async Task CreateAsync()
    {
        Server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        Database = await Server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _project?.Dispose();
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A project with another connection.</summary>
    protected MigrationProject ProjectAt(string connection) => _project = new MigrationProject(new MySqlDefinition(), connection);

    protected async Task RowsAreAsync(string query, params string[] rows) => Assert.AreEqual(string.Join('\n', rows), string.Join('\n', await Database.RowsAsync(query)));
}
