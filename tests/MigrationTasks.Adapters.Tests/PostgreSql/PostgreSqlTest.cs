using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What the tests of PostgreSQL's own ways have in common: a fresh database and a project.</summary>
public abstract class PostgreSqlTest : IAsyncDisposable
{
    private MigrationProject? _project;

    protected PostgreSqlServer Server { get; private set; } = null!;

    protected TestDatabase Database { get; private set; } = null!;

    /// <summary>A project whose connection is that of <see cref="Database"/>.</summary>
    protected MigrationProject Project => _project ??= ProjectAt(Database.Url);

    [TestInitialize]
    public async Task CreateAsync()
    {
        Server = await Require.ServerAsync(Servers.LocalPostgreSqlAsync);
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
    protected MigrationProject ProjectAt(string connection) => _project = new MigrationProject(new PostgreSqlDefinition(), connection);
}
