using MigrationTasks.ContractTests;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>A project with a database in a folder of its own, for tests that only SQLite needs.</summary>
public abstract class SqliteProject : IDisposable
{
    protected SqliteProject() => Project = new MigrationProject(new SqliteDefinition(), Database.Connection);

    protected SqliteContractDatabase Database { get; } = new();

    protected MigrationProject Project { get; }

    public void Dispose()
    {
        Project.Dispose();
        Database.DisposeAsync().AsTask().Wait();
        GC.SuppressFinalize(this);
    }

    protected async Task RowsAreAsync(string query, params string[] rows) =>
        Assert.AreEqual(string.Join('\n', rows), string.Join('\n', await Database.QueryAsync(query)), $"The rows are not right of: {query}");
}
