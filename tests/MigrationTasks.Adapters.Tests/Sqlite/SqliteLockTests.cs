using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteLockTests : SqliteProject
{
    [TestMethod]
    public async Task The_run_lock_has_one_holder_at_a_time()
    {
        var holders = 0;
        var together = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var adapter = Adapter();
            for (var i = 0; i < 100; i++)
            {
                await using var held = await adapter.LockRunAsync(default);
                together += Interlocked.Increment(ref holders) > 1 ? 1 : 0;
                Thread.SpinWait(1_000);
                Interlocked.Decrement(ref holders);
            }
        })));

        Assert.AreEqual(0, together, "Two runs held the lock at the same time.");
    }

    [TestMethod]
    public async Task A_program_that_writes_is_waited_for()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").MigrateAsync()).Succeeded();
        await using var program = Adapter();
        await program.ExecuteAsync("BEGIN IMMEDIATE", default);
        var run = Project.Write("002_b.sql", "CREATE TABLE b (id INTEGER);").MigrateAsync();
        await Task.Delay(500);
        Assert.IsFalse(run.IsCompleted, "The run should wait for the writer.");

        await program.ExecuteAsync("COMMIT", default);

        (await run).Applied("002_b.sql");
    }

    [TestMethod]
    public async Task A_program_that_reads_is_waited_for_at_the_commit()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").MigrateAsync()).Succeeded();
        await using var program = Adapter();
        await program.ExecuteAsync("BEGIN", default);
        await program.ExecuteAsync("SELECT * FROM a", default);
        var run = Project.Write("002_b.sql", "CREATE TABLE b (id INTEGER);").MigrateAsync();
        await Task.Delay(500);
        Assert.IsFalse(run.IsCompleted, "The run should wait for the reader.");

        await program.ExecuteAsync("COMMIT", default);

        (await run).Applied("002_b.sql");
    }

    [TestMethod]
    public async Task Waiting_for_a_lock_can_be_cancelled()
    {
        await using var program = Adapter();
        await program.ExecuteAsync("BEGIN IMMEDIATE", default);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var report = await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync(cancellation: cancellation.Token);

        report.FailedWith("MIG4007");
        Assert.IsLessThan(TimeSpan.FromSeconds(5), report.Duration, "Cancelling took too long.");
    }

    [TestMethod]
    public async Task A_transaction_is_rolled_back_when_its_work_throws()
    {
        await using var adapter = Adapter();

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => adapter.InTransactionAsync(
            async cancellation =>
            {
                await adapter.ExecuteAsync("CREATE TABLE a (id INTEGER)", cancellation);
                throw new InvalidOperationException();
            },
            default));

        Assert.IsFalse(await adapter.TableExistsAsync(HistoryTableName.Parse("a"), default));
    }

    [TestMethod]
    public async Task A_query_takes_values_as_parameters()
    {
        await using var adapter = Adapter();
        const string Text = "it's; DROP TABLE a --";
        byte[] bytes = [1, 2];

        var rows = await adapter.QueryAsync($"SELECT {Text}, {42}, {1.5}, {null}, {bytes}, {Text}", default);

        Assert.AreSequenceEqual(new object?[] { Text, 42L, 1.5, null, Text }, [.. rows.Single().Where(value => value is not byte[])]);
        Assert.AreSequenceEqual(bytes, (byte[])rows.Single()[4]!);
        Assert.StartsWith("SQLite 3.", await adapter.TestConnectionAsync(default));
    }

    private SqliteAdapter Adapter() => new((SqliteConfig)new SqliteDefinition().Configure(
        Database.Connection,
        new DatabaseSettings { ProjectDirectory = Project.Path, Variable = "SQLITE_URL" }));
}
