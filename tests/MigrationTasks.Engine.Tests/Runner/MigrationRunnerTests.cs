using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>What a real database cannot be made to do, or does not show: which calls are made, and in which order.</summary>
[TestClass]
public sealed class MigrationRunnerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task A_run_with_nothing_pending_reads_the_history_once_and_does_nothing_else()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(Complete(Row("001_a.sql")));

        Succeeded(await RunAsync(adapter));

        AssertCalls(adapter, "connect", "read", "disconnect");
    }

    [TestMethod]
    public async Task All_that_is_pending_is_handed_over_at_once()
    {
        _folder.Write("000_migrations_table.sql");
        _folder.Write("001_a.sql");
        _folder.Write("002_b.sql");
        var adapter = new FakeAdapter(MigrationHistory.Absent(HistoryTableName.Default));

        Succeeded(await RunAsync(adapter));

        AssertCalls(adapter, "connect", "read", "ensure by 000_migrations_table.sql", "apply 001_a.sql 002_b.sql", "disconnect");
    }

    [TestMethod]
    public async Task A_complete_history_is_not_ensured_again()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(Complete());

        Succeeded(await RunAsync(adapter));

        AssertCalls(adapter, "connect", "read", "apply 001_a.sql", "disconnect");
    }

    [TestMethod]
    public async Task A_run_that_another_one_overtakes_reads_again_and_goes_on()
    {
        _folder.Write("001_a.sql");
        _folder.Write("002_b.sql");
        var adapter = new FakeAdapter(Complete(), Complete(Row("001_a.sql")));
        var apply = adapter.WhenApplying;
        adapter.WhenApplying = (steps, observer) => steps.Count == 2 ? Task.FromResult(ApplyOutcome.Superseded) : apply(steps, observer);

        var report = Succeeded(await RunAsync(adapter));

        AssertCalls(adapter, "connect", "read", "apply 001_a.sql 002_b.sql", "read", "apply 002_b.sql", "disconnect");
        Assert.AreEqual(("002_b.sql", 1, 0), (report.Applied.Single().Name, report.AlreadyApplied, report.Pending));
    }

    [TestMethod]
    public async Task A_row_that_says_running_is_read_again_under_the_lock_of_whoever_runs_it()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(Complete(Row("001_a.sql") with { Status = HistoryStatus.Running }), Complete(Row("001_a.sql")));

        Succeeded(await RunAsync(adapter));

        AssertCalls(adapter, "connect", "read", "lock", "read", "release", "disconnect");
    }

    [TestMethod]
    public async Task A_typing_error_in_the_last_file_stops_the_first_one_too()
    {
        _folder.Write("001_a.sql", "SELECT 1;");
        _folder.Write("002_b.sql", "SELECT 'open");
        _folder.Write("003_c.sql", "VACUUM;");
        var adapter = new FakeAdapter(MigrationHistory.Absent(HistoryTableName.Default));

        var report = await RunAsync(adapter);

        Assert.AreEqual("MIG2004 MIG2008", string.Join(' ', report.Errors.Select(error => error.Code)));
        AssertCalls(adapter, "connect", "read", "disconnect");
    }

    [TestMethod]
    public async Task A_file_that_is_not_in_order_is_reported_at_once_whatever_becomes_of_the_connection()
    {
        _folder.Write("first.sql", "SELECT 1;");
        var adapter = new FakeAdapter(Complete()) { WhenConnecting = cancellation => Task.Delay(Timeout.Infinite, cancellation) };

        var report = await RunAsync(adapter);

        Assert.AreEqual("MIG2001", report.Errors.Single().Code);
        Assert.AreEqual("disconnect", adapter.Calls[^1]);
    }

    [TestMethod]
    public async Task A_failure_reports_what_stands_and_what_is_left()
    {
        _folder.Write("001_a.sql");
        _folder.Write("002_b.sql");
        var adapter = new FakeAdapter(Complete())
        {
            WhenApplying = (steps, observer) =>
            {
                observer.Started(steps[0].Migration);
                observer.Applied(steps[0].Migration, TimeSpan.FromSeconds(1));
                observer.Started(steps[1].Migration);
                throw Errors.ConnectionLost(steps[1].Migration.Location, "db", "gone.", "001_a.sql is applied.", null);
            },
        };

        var report = await RunAsync(adapter);

        Assert.AreEqual(("MIG4006", "001_a.sql", 1), (report.Errors.Single().Code, report.Applied.Single().Name, report.Pending));
        Assert.AreEqual("disconnect", adapter.Calls[^1]);
    }

    [TestMethod]
    public async Task Cancelling_names_the_migration_that_was_running()
    {
        _folder.Write("001_a.sql");
        using var cancellation = new CancellationTokenSource();
        var adapter = new FakeAdapter(Complete())
        {
            WhenApplying = (steps, observer) =>
            {
                observer.Started(steps[0].Migration);
                cancellation.Cancel();
                throw new OperationCanceledException(cancellation.Token);
            },
        };

        var report = await RunAsync(adapter, cancellation.Token);

        Assert.AreEqual(("MIG4007", _folder.PathOf("001_a.sql")), (report.Errors.Single().Code, report.Errors.Single().Location.File));
        Assert.AreEqual("disconnect", adapter.Calls[^1]);
    }

    [TestMethod]
    public async Task The_status_of_a_database_in_disorder_is_a_warning()
    {
        _folder.Write("001_a.sql");
        var adapter = new FakeAdapter(Complete(Row("001_a.sql") with { Checksum = "sha256:other" }));

        var report = await new StatusReader(Context(adapter), new PlanOptions()).ReadAsync(default);

        Assert.AreEqual(("MIG3002", DiagnosticSeverity.Warning), (report.Warnings.Single().Code, report.Warnings.Single().Severity));
        Succeeded(report);
        AssertCalls(adapter, "connect", "read", "disconnect");
    }

    private static MigrationHistory Complete(params HistoryRow[] rows) => new(HistoryTableName.Default, HistoryTableState.Complete, rows);

    private static HistoryRow Row(string name) => new(name);

    private static TReport Succeeded<TReport>(TReport report)
        where TReport : DatabaseReport
    {
        Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));
        return report;
    }

    private static void AssertCalls(FakeAdapter adapter, params string[] calls) =>
        Assert.AreEqual(string.Join('\n', calls), string.Join('\n', adapter.Calls), "The calls are not right.");

    private Task<RunReport> RunAsync(FakeAdapter adapter, CancellationToken cancellation = default) =>
        new MigrationRunner(Context(adapter), new PlanOptions()).MigrateAsync(cancellation);

    private CommandContext Context(FakeAdapter adapter) => new(adapter, new FakeDefinition("fake", adapter: adapter), _folder.Path, Placeholders.None, new Silent());

    private sealed class Silent : IRunObserver;
}
