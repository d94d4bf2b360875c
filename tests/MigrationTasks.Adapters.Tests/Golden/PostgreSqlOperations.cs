using MigrationTasks.Adapters.Tests.PostgreSql;
using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>Operations as the server logs them.</summary>
[TestClass]
public sealed class PostgreSqlOperations : OperationsContract
{
    private static PostgreSqlServer? _own;

    protected override AdapterDefinition Definition { get; } = new PostgreSqlDefinition();

    protected override string FileName => "postgresql.txt";

    protected override string OutsideOnly => "CREATE INDEX CONCURRENTLY ON a (id)";

    protected override string BuildIndex => "CREATE UNIQUE INDEX CONCURRENTLY";

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_own is { } server)
        {
            await server.DisposeAsync();
        }
    }

    private protected override async Task<RecordedDatabase> CreateDatabaseAsync()
    {
        _own ??= await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync(PostgreSqlLog.Settings));
        var database = await _own.CreateDatabaseAsync();
        return new LoggedDatabase(database, new PostgreSqlLog(_own.Local!.LogFile));
    }

    private sealed class LoggedDatabase(TestDatabase database, PostgreSqlLog log) : RecordedDatabase(new PostgreSqlContractDatabase(database, database.Url))
    {
        public override string RecordedConnection => database.UrlWith($"sslmode=disable&application_name={PostgreSqlLog.Application}");

        public override void StartRecording() => log.Skip();

        public override IReadOnlyList<string> StopRecording() => log.ReadOperations();
    }
}
