namespace MigrationTasks.TestServers;

/// <summary>
/// What a test says about a server it cannot do without. Where the server is missing, the test is skipped with the
/// reason on a developer's machine and fails where <c>CI=true</c>: a green pipeline has run everything. The one exception is
/// MongoDB, which no package brings: without it tests are skipped there too, and <c>tests/run.sh</c> counts them and says so.
/// </summary>
/// <example><code>var server = await Require.ServerAsync(Servers.PostgreSqlAsync);</code></example>
public static class Require
{
    /// <summary>What the reason of every test starts with that is skipped for lack of MongoDB: <c>tests/run.sh</c> goes by it.</summary>
    public const string NoMongoDb = "No MongoDB for the tests";

    public static async Task<T> ServerAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (ServerUnavailableException unavailable)
        {
            throw Missing(unavailable);
        }
    }

    public static T Server<T>(Func<T> start)
    {
        try
        {
            return start();
        }
        catch (ServerUnavailableException unavailable)
        {
            throw Missing(unavailable);
        }
    }

    private static UnitTestAssertException Missing(ServerUnavailableException unavailable) =>
        Environment.GetEnvironmentVariable("CI") == "true" && unavailable.IsToBeHad
            ? new AssertFailedException($"{unavailable.Message} (CI=true: nothing may be skipped.)", unavailable)
            : new AssertInconclusiveException(unavailable.Message, unavailable);
}
