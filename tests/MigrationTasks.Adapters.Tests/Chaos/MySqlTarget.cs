using MigrationTasks.Adapters.Tests.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A database of MariaDB behind a relay: its line, its sessions and the server can be harmed.</summary>
/// <param name="server">A server of the tests' own.</param>
/// <param name="database">The database.</param>
internal sealed class MySqlTarget(MySqlServer server, MySqlDatabase database) : ChaosTarget(new MySqlContractDatabase(database, database.UrlWith($"ssl-mode=DISABLED&{Patience}")))
{
    // Fifty runtimes that start on two processors take longer to log in than a connection may take by default.
    private const string Patience = "connect-timeout=120";

    private readonly Relay _relay = Relay.Start(server);

    public override string VictimConnection => database.UrlThrough(_relay.Port);

    public override IReadOnlyList<Harm> Harms =>
    [
        new("cut the line", CutAsync),
        new("kill the sessions", database.TerminateSessionsAsync),
        new("kill the server", CrashAsync),
    ];

    public override (long ToServer, long ToClient)? Traffic => (_relay.BytesToServer, _relay.BytesToClient);

    // What the server tells of its objects is outside of any transaction.
    public override bool ShowsOneInstant => false;

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
        database.RowsAsync("SELECT id, state, info FROM information_schema.processlist WHERE db = database() AND id <> connection_id()");

    private async Task CrashAsync()
    {
        await server.Local!.KillAsync();
        await server.Local.StartAsync();
    }

    private Task CutAsync()
    {
        _relay.Cut();
        return Task.CompletedTask;
    }
}
