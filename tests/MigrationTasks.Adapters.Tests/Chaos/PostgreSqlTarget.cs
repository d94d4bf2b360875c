using MigrationTasks.Adapters.Tests.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A PostgreSQL database behind a relay: its line, its backends and a server of the tests' own can be harmed.</summary>
/// <param name="server">The server.</param>
/// <param name="database">The database.</param>
/// <param name="pooler">What stands between the runs and the server, if anything does.</param>
internal sealed class PostgreSqlTarget(PostgreSqlServer server, TestDatabase database, PgBouncer? pooler)
    : ChaosTarget(new PostgreSqlContractDatabase(database, $"{pooler?.UrlFor(database) ?? database.Url}&{Patience}"))
{
    // Fifty runtimes that start on two processors take longer to log in than a connection may take by default.
    private const string Patience = "connect_timeout=120";

    private readonly Relay _relay = pooler is null ? Relay.Start(server) : Relay.Start(pooler);

    public override string VictimConnection => database.UrlThrough(_relay.Port);

    public override IReadOnlyList<Harm> Harms =>
    [
        new("cut the line", CutAsync),
        new("terminate the backends", database.TerminateBackendsAsync),
        .. pooler is null && server.Local is { } local ? HarmsOf(local) : [],
    ];

    public override (long ToServer, long ToClient)? Traffic => (_relay.BytesToServer, _relay.BytesToClient);

    public override void CutAfter(long bytes, bool toServer)
    {
        if (toServer)
        {
            _relay.CutAfterBytesToServer(bytes);
        }
        else
        {
            _relay.CutAfterBytesToClient(bytes);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task<IReadOnlyList<string>> FindWorkAsync() =>
        database.RowsAsync("SELECT pid, state, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'");

    private IEnumerable<Harm> HarmsOf(LocalPostgreSql local) =>
    [
        new("kill the backends", () => local.KillBackendsAsync(database), LosesCommits: true),
        new("kill the server", () => CrashAsync(local), LosesCommits: true),
    ];

    private static async Task CrashAsync(LocalPostgreSql local)
    {
        await local.KillAsync();
        await local.StartAsync();
    }

    private Task CutAsync()
    {
        _relay.Cut();
        return Task.CompletedTask;
    }
}
