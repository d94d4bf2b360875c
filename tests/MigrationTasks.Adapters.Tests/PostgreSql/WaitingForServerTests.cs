using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary><c>MigrateConnectTimeout</c>: a server that is starting is waited for, and a refusal is not.</summary>
[TestClass]
public sealed class WaitingForServerTests : PostgreSqlTest
{
    private const string Wrong = "wr0ng-s3cr3t";

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("no-such-host.invalid")]
    public async Task A_server_that_is_not_there_is_waited_for_and_then_told(string host)
    {
        var project = ProjectAt($"postgres://user:{Wrong}@{host}:{LoopbackPort.Free()}/app");
        project.ConnectTimeout = TimeSpan.FromSeconds(1);

        (await project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).HasApplied().FailedWith("MIG4031").Says("to wait longer, set -p:MigrateConnectTimeout=seconds");
    }

    [TestMethod]
    public async Task A_wrong_password_is_tried_once_however_long_the_server_is_waited_for()
    {
        await using var relay = Relay.Start(Server);
        var project = ProjectAt($"postgres://{Server.UserName}:{Wrong}@{Relay.Host}:{relay.Port}/{Database.Name}?sslmode=disable");
        project.ConnectTimeout = TimeSpan.FromSeconds(30);

        (await project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).HasApplied().FailedWith("MIG4002");

        Assert.AreEqual(1, relay.Connections);
    }
}
