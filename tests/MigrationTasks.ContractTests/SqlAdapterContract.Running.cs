namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task Nothing_of_a_session_leaks_into_the_next_migration()
    {
        Project.Write("001_leave.sql", Dialect.LeaveState).Write("002_observe.sql", Dialect.ObserveState);

        (await Project.MigrateAsync()).Succeeded();

        await RowsAreAsync("SELECT * FROM state", Dialect.CleanState);
    }
}
