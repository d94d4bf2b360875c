using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Waiting for another run: what ends the wait, and what is left of it.</summary>
[TestClass]
public sealed class RunLockTests : PostgreSqlTest
{
    private const string Ours = "datname = current_database() AND application_name = 'MigrationTasks'";

    [TestMethod]
    public async Task Giving_up_the_wait_leaves_no_connection_behind()
    {
        await using var first = Adapter();
        await using var second = Adapter();
        await using var held = await first.LockRunAsync(default);

        await Assert.ThrowsExactlyAsync<MigrationException>(() => second.LockRunAsync(default));

        await UntilConnectionsAreAsync(1);
    }

    [TestMethod]
    public async Task A_line_that_breaks_during_the_wait_is_an_error_of_the_run()
    {
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name, status) VALUES ('002_b.sql', 'running')");
        await using var other = Adapter();
        await using var held = await other.LockRunAsync(default);

        var run = Project.Write("002_b.sql", "-- Transaction: none\nSELECT 1;").MigrateAsync();
        // The holder's, the run's own, and the one that waits.
        await UntilConnectionsAreAsync(3);
        await Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {Ours} AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)");

        (await run).HasApplied().FailedWith("MIG4006");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_lock_timeout_of_zero_does_not_wait()
    {
        Project.Write("001_slow.sql", "SELECT pg_sleep(100);");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();
        var first = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_slow.sql"), first);
        Project.LockTimeout = TimeSpan.Zero;

        var second = Project.MigrateAsync();
        await Task.WhenAny(second, Task.Delay(30_000));
        var ended = second.IsCompleted;
        await cancellation.CancelAsync();

        (await first).FailedWith("MIG4007");
        Assert.IsTrue(ended, "The second run waits.");
        (await second).FailedWith("MIG3008");
    }

    private async Task UntilConnectionsAreAsync(int count)
    {
        var seen = "";
        for (var patience = 0; patience < 300 && seen != $"{count}"; patience++)
        {
            await Task.Delay(100);
            seen = (await Database.RowsAsync($"SELECT count(*) FROM pg_stat_activity WHERE {Ours}")).Single();
        }

        Assert.AreEqual($"{count}", seen, "How many connections there are.");
    }

    private PostgreSqlAdapter Adapter() => new(PostgreSqlConfig.Parse(
        Database.Url, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "TEST_URL", LockTimeout = TimeSpan.FromMilliseconds(300) }));
}
