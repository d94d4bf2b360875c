using MigrationTasks.Adapters.Tests.Sqlite;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>Operations as SQLite itself traces them.</summary>
[TestClass]
public sealed class SqliteOperations : OperationsContract
{
    protected override AdapterDefinition Definition { get; } = new SqliteDefinition();

    protected override string FileName => "sqlite.txt";

    protected override string OutsideOnly => "VACUUM";

    protected override string BuildIndex => "CREATE UNIQUE INDEX";

    private protected override Task<RecordedDatabase> CreateDatabaseAsync() => Task.FromResult<RecordedDatabase>(new TracedDatabase(new SqliteContractDatabase()));

    private sealed class TracedDatabase(SqliteContractDatabase database) : RecordedDatabase(database)
    {
        private readonly SqliteTrace _trace = SqliteTrace.Of(database.File);

        public override string RecordedConnection => database.Connection;

        public override void StartRecording() => _trace.IsOn = true;

        public override IReadOnlyList<string> StopRecording()
        {
            _trace.IsOn = false;
            return _trace.Operations;
        }

        public override async Task<RunReport> WithoutRecording(Func<Task<RunReport>> run)
        {
            _trace.IsOn = false;
            var report = await run();
            _trace.IsOn = true;
            return report;
        }
    }
}
