using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_status_of_a_newer_version_means_applied()
    {
        await AddRowsAsync(new HistoryRow("001_a.sql"));
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'squashed'");

        (await Project.Write("001_a.sql", "SELECT nope;").MigrateAsync()).Applied().WithoutWarnings();
    }
}
