using MigrationTasks.Adapters.PostgreSql;
using MigrationTasks.Adapters.Tests.Contract;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Waiting for another run: what ends the wait, and what is left of it.</summary>
[TestClass]
public sealed class RunLockTests : PostgreSqlTest
{
    [TestMethod]
    [Timeout(60_000)]
    public async Task A_lock_timeout_of_zero_does_not_wait()
    {
        Project.Write("001_slow.sql", "SELECT pg_sleep(60);");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();
        var first = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_slow.sql"), first);
        Project.LockTimeout = TimeSpan.Zero;

        var second = Project.MigrateAsync();
        await Task.WhenAny(second, Task.Delay(5000));
        var ended = second.IsCompleted;
        await cancellation.CancelAsync();

        (await first).FailedWith("MIG4007");
        Assert.IsTrue(ended, "The second run waits.");
        (await second).FailedWith("MIG3008");
    }

    private PostgreSqlAdapter Adapter() => new(PostgreSqlConfig.Parse(
        Database.Url, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "TEST_URL", LockTimeout = TimeSpan.FromMilliseconds(300) }));
}
