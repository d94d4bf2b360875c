using System.Collections.Concurrent;

namespace MigrationTasks.TestServers;

/// <summary>
/// The servers that all tests of this process share: each is started when it is first asked for and stopped when
/// the process exits. Every method throws <see cref="ServerUnavailableException"/> when there is no such server,
/// and then does so again at once: what is missing is not looked for twice.
/// </summary>
public static class Servers
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IAsyncDisposable>>> Shared = new();

    static Servers() => AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll();

    /// <summary>
    /// Any PostgreSQL: the one that the variable <c>MIGRATIONTASKS_TEST_POSTGRES</c> names, else a container, else
    /// this machine's own binaries. A variable that is set but leads nowhere is an error, not a reason to go on.
    /// </summary>
    public static async Task<PostgreSqlServer> PostgreSqlAsync()
    {
        if (ExternalPostgreSql.IsConfigured)
        {
            return await ShareAsync("external", PostgreSqlServer.ConnectExternalAsync);
        }

        try
        {
            return await ContainerPostgreSqlAsync();
        }
        catch (ServerUnavailableException noContainer)
        {
            try
            {
                return await LocalPostgreSqlAsync();
            }
            catch (ServerUnavailableException noBinaries)
            {
                throw new ServerUnavailableException(
                    $"No PostgreSQL for the tests. {ExternalPostgreSql.Variable} is not set. " +
                    $"{noContainer.Message} {noBinaries.Message}");
            }
        }
    }

    /// <summary>A PostgreSQL in a container (see <see cref="PostgreSqlServer.StartContainerAsync"/>).</summary>
    public static Task<PostgreSqlServer> ContainerPostgreSqlAsync() =>
        ShareAsync("container", PostgreSqlServer.StartContainerAsync);

    /// <summary>
    /// A PostgreSQL from this machine's binaries. Tests that stop or kill a server start their own with
    /// <see cref="PostgreSqlServer.StartLocalAsync"/>, so that the others keep theirs.
    /// </summary>
    public static Task<PostgreSqlServer> LocalPostgreSqlAsync() =>
        ShareAsync("local", () => PostgreSqlServer.StartLocalAsync());

    /// <summary>A PgBouncer in transaction mode in front of the server of <see cref="PostgreSqlAsync"/>.</summary>
    public static Task<PgBouncer> PgBouncerAsync() =>
        ShareAsync("pgbouncer", async () => await PgBouncer.StartAsync(await PostgreSqlAsync()));

    /// <summary>
    /// Any MySQL or MariaDB: the one that the variable <c>MIGRATIONTASKS_TEST_MYSQL</c> names, else a container of the image that
    /// <c>MIGRATIONTASKS_TEST_MYSQL_IMAGE</c> names, else this machine's own binaries. A variable that is set but leads nowhere is
    /// an error, not a reason to go on.
    /// </summary>
    public static Task<MySqlServer> MySqlAsync() =>
        ExternalMySql.IsConfigured ? ShareAsync("external mysql", MySqlServer.ConnectExternalAsync)
        : ContainerMySql.IsConfigured ? ShareAsync("container mysql", MySqlServer.StartContainerAsync)
        : LocalMariaDbAsync();

    /// <summary>
    /// A MariaDB from this machine's binaries. Tests that stop or kill a server start their own with
    /// <see cref="MySqlServer.StartLocalAsync"/>, so that the others keep theirs.
    /// </summary>
    public static Task<MySqlServer> LocalMariaDbAsync() =>
        ShareAsync("local mysql", () => MySqlServer.StartLocalAsync());

    /// <summary>
    /// Three MariaDB servers from this machine's binaries that are a cluster. A test that stops one of them mends the cluster at its end
    /// (<see cref="MariaDbCluster.MendAsync"/>), and one that needs it whole does so at its beginning.
    /// </summary>
    public static Task<MariaDbCluster> MariaDbClusterAsync() =>
        ShareAsync("cluster", MariaDbCluster.StartAsync);

    /// <summary>
    /// A MongoDB: the one that the variable <c>MIGRATIONTASKS_TEST_MONGODB</c> names, else a container of the image that
    /// <c>MIGRATIONTASKS_TEST_MONGODB_IMAGE</c> names.
    /// </summary>
    public static Task<MongoDbServer> MongoDbAsync() =>
        ShareAsync("mongodb", MongoDbServer.StartAsync);

    /// <summary>Command-line tools from npm.</summary>
    public static Task<NodePackages> NodePackagesAsync() =>
        ShareAsync("node", NodePackages.InstallAsync);

    private static async Task<T> ShareAsync<T>(string name, Func<Task<T>> start)
        where T : IAsyncDisposable =>
        (T)await Shared.GetOrAdd(name, _ => new Lazy<Task<IAsyncDisposable>>(async () => await start())).Value;

    private static void StopAll()
    {
        var started = Shared.Values
            .Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully)
            .Select(server => server.Value.Result.DisposeAsync().AsTask());
        // The process is on its way out: whatever does not stop in time dies with it.
        Task.WhenAll(started).ContinueWith(_ => { }, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(20));
    }
}
