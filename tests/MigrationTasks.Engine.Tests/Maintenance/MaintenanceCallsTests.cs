using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Tests.Runner;

namespace MigrationTasks.Engine.Tests.Maintenance;

/// <summary>Which calls maintenance makes, and in which order.</summary>
[TestClass]
public sealed class MaintenanceCallsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task A_baseline_is_decided_and_written_under_the_lock_of_runs()
    {
        _folder.Write("000_migrations_table.sql");
        _folder.Write("001_a.sql");
        _folder.Write("002_b.sql");
        var adapter = new FakeAdapter(MigrationHistory.Absent(HistoryTableName.Default));

        AssertSucceeded(await BaselineAsync(adapter, "1"));

        AssertCalls(adapter, "connect", "lock", "read", "ensure by 000_migrations_table.sql", "change 001_a.sql", "release", "disconnect");
    }

    [TestMethod]
    public async Task A_version_that_no_migration_has_is_refused_before_anything_is_asked()
    {
        _folder.Write("000_migrations_table.sql");
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(MigrationHistory.Absent(HistoryTableName.Default));

        Assert.AreEqual("MIG3022", (await BaselineAsync(adapter, "2")).Errors.Single().Code);
        Assert.AreEqual("MIG3022", (await BaselineAsync(adapter, "0")).Errors.Single().Code);

        AssertCalls(adapter, "disconnect", "disconnect");
    }

    [TestMethod]
    public async Task A_history_with_nothing_to_mark_or_to_repair_is_not_written()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(new MigrationHistory(HistoryTableName.Default, HistoryTableState.Incomplete, [new HistoryRow("001_a.sql")]));

        AssertSucceeded(await BaselineAsync(adapter, "1"));
        AssertSucceeded(await new HistoryRepair(Context(adapter), new RepairOptions(Repairs.Checksums | Repairs.Missing, [])).RunAsync(default));

        AssertCalls(adapter, "connect", "lock", "read", "release", "disconnect", "connect", "lock", "read", "release", "disconnect");
    }

    [TestMethod]
    public async Task A_repair_is_decided_and_written_under_the_lock_of_runs()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, [new HistoryRow("001_a.sql", "sha256:other")]));

        AssertSucceeded(await new HistoryRepair(Context(adapter), new RepairOptions(Repairs.Checksums, [])).RunAsync(default));

        AssertCalls(adapter, "connect", "lock", "read", "change 001_a.sql", "release", "disconnect");
    }

    private static void AssertSucceeded(DatabaseReport report) => Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));

    private static void AssertCalls(FakeAdapter adapter, params string[] calls) =>
        Assert.AreEqual(string.Join('\n', calls), string.Join('\n', adapter.Calls), "The calls are not right.");

    private Task<BaselineReport> BaselineAsync(FakeAdapter adapter, string version)
    {
        Assert.IsTrue(MigrationVersion.TryParse(version, out var parsed));
        return new HistoryBaseline(Context(adapter), parsed).RunAsync(default);
    }

    private CommandContext Context(FakeAdapter adapter) => new(adapter, new FakeDefinition("fake", adapter: adapter), _folder.Path, Placeholders.None, new Silent());

    private sealed class Silent : IRunObserver;
}
