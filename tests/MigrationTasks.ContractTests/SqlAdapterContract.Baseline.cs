namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_baseline_completes_a_bare_history()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql')");
        Project.Write("001_a.sql", "SELECT nope;").Write("002_b.sql", "SELECT nope;");

        Assert.AreEqual("002_b.sql", (await Project.BaselineAsync("2")).Succeeded().Marked.Single());

        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|baseline");
    }
}
