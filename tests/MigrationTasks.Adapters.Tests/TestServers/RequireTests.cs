using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
[DoNotParallelize]
public sealed class RequireTests
{
    private readonly string? _ci = Environment.GetEnvironmentVariable("CI");

    [TestCleanup]
    public void RestoreTheVariable() => Environment.SetEnvironmentVariable("CI", _ci);

    [TestMethod]
    public void Without_its_server_a_test_is_skipped_with_the_reason()
    {
        Environment.SetEnvironmentVariable("CI", null);

        var skipped = Assert.ThrowsExactly<AssertInconclusiveException>(() => Require.Server<int>(NoServer));

        StringAssert.Contains(skipped.Message, "PostgreSQL is not installed.");
    }

    [TestMethod]
    public void Without_its_server_a_test_fails_in_a_pipeline()
    {
        Environment.SetEnvironmentVariable("CI", "true");

        Assert.ThrowsExactly<AssertFailedException>(() => Require.Server<int>(NoServer));
    }

    [TestMethod]
    public void Without_a_server_that_no_package_brings_a_test_is_skipped_in_a_pipeline_too()
    {
        Environment.SetEnvironmentVariable("CI", "true");

        var skipped = Assert.ThrowsExactly<AssertInconclusiveException>(() => Require.Server<int>(() => throw new ServerUnavailableException($"{Require.NoMongoDb}.") { IsToBeHad = false }));

        StringAssert.Contains(skipped.Message, Require.NoMongoDb);
    }

    private static int NoServer() => throw new ServerUnavailableException("PostgreSQL is not installed.");
}
