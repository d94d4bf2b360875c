using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Tests.Runner;

namespace MigrationTasks.Engine.Tests.Rollback;

/// <summary>What a real database cannot be made to do, or does not show: which calls are made, and in which order.</summary>
[TestClass]
public sealed class RollbackRunnerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task All_that_is_to_be_undone_is_handed_over_at_once()
    {
        var adapter = new FakeAdapter(Applied("001_a.sql", "002_b.sql", "003_c.sql"));

        var report = await RunAsync(adapter, 2);

        Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));
        Assert.AreEqual((2, 0, 0, 1), (report.RolledBack.Count, report.Left, report.Overtaken, report.Applied));
        AssertCalls(adapter, "connect", "read", "undo 003_c.sql 002_b.sql", "disconnect");
    }

    [TestMethod]
    public async Task A_rollback_that_another_one_overtakes_reads_again_and_undoes_what_is_left()
    {
        var adapter = new FakeAdapter(Applied("001_a.sql", "002_b.sql", "003_c.sql"), Applied("001_a.sql", "002_b.sql"));
        var undo = adapter.WhenUndoing;
        adapter.WhenUndoing = (rollbacks, observer) => rollbacks.Count == 2 ? Task.FromResult(ApplyOutcome.Superseded) : undo(rollbacks, observer);

        var report = await RunAsync(adapter, 2);

        AssertCalls(adapter, "connect", "read", "undo 003_c.sql 002_b.sql", "read", "undo 002_b.sql", "disconnect");
        Assert.AreEqual(("002_b.sql", 1, 0, 1), (report.RolledBack.Single().Name, report.Overtaken, report.Left, report.Applied));
    }

    [TestMethod]
    public async Task A_row_that_nobody_deletes_and_that_cannot_be_deleted_is_not_tried_for_ever()
    {
        var adapter = new FakeAdapter(Applied("001_a.sql")) { WhenUndoing = (_, _) => Task.FromResult(ApplyOutcome.Superseded) };

        var report = await RunAsync(adapter, 1);

        Assert.AreEqual("MIG3007", report.Errors.Single().Code);
        Assert.Contains("001_a.sql", report.Errors.Single().Message);
    }

    [TestMethod]
    public async Task A_row_that_says_undoing_is_read_again_under_the_lock_of_whoever_undoes_it()
    {
        var undoing = Applied("001_a.sql", "002_b.sql") with { Rows = [Row("001_a.sql"), Row("002_b.sql") with { Status = HistoryStatus.Undoing }] };
        var adapter = new FakeAdapter(undoing, Applied("001_a.sql"));

        Assert.IsTrue((await RunAsync(adapter, 1)).Succeeded);

        AssertCalls(adapter, "connect", "read", "lock", "read", "release", "undo 001_a.sql", "disconnect");
    }

    [TestMethod]
    public async Task A_table_with_fewer_columns_is_completed_before_anything_is_undone()
    {
        var adapter = new FakeAdapter(Applied("001_a.sql") with { State = HistoryTableState.Incomplete });

        await RunAsync(adapter, 1);

        AssertCalls(adapter, "connect", "read", "ensure", "undo 001_a.sql", "disconnect");
    }

    [TestMethod]
    public async Task All_that_stands_in_the_way_is_told_at_once_and_nothing_is_undone()
    {
        _folder.Write("001_a.sql", "-- Rollback: SELECT 'open\nSELECT 1;");
        _folder.Write("002_b.sql", "-- Rollback: ;\nSELECT 1;");
        _folder.Write("003_c.sql", "-- Rollback: VACUUM;\nSELECT 1;");
        _folder.Write("004_d.sql");
        var adapter = new FakeAdapter(Applied("001_a.sql", "002_b.sql", "003_c.sql", "004_d.sql"));

        var report = await RunAsync(adapter, 4, writes: false);

        Assert.AreEqual("MIG3017 MIG2008 MIG3017 MIG2004", string.Join(' ', report.Errors.Select(error => error.Code)));
        AssertCalls(adapter, "connect", "read", "disconnect");
    }

    [TestMethod]
    [DataRow("003_c.down.sql", "VACUUM;", "Write '-- Transaction: none' at the top of this file.")]
    [DataRow("003_c.sql", "-- Rollback: VACUUM;\nSELECT 1;", "Write the rollback into 003_c.down.sql instead, with '-- Transaction: none' at its top.")]
    public async Task A_statement_that_no_transaction_can_hold_is_told_with_what_helps_a_rollback(string file, string text, string advice)
    {
        _folder.Write("003_c.sql");
        _folder.Write(file, text);

        var error = (await RunAsync(new FakeAdapter(Applied("003_c.sql")), 1, writes: false)).Errors.Single();

        Assert.AreEqual(("MIG2008", $"VACUUM cannot run inside a transaction. {advice}"), (error.Code, error.Message));
    }

    [TestMethod]
    public async Task The_advice_for_such_a_statement_helps()
    {
        _folder.Write("003_c.sql");
        _folder.Write("003_c.down.sql", "-- Transaction: none\nVACUUM;");

        Assert.IsEmpty((await RunAsync(new FakeAdapter(Applied("003_c.sql")), 1, writes: false)).Errors);
    }

    [TestMethod]
    public async Task A_failure_reports_what_is_undone_and_what_is_left()
    {
        var adapter = new FakeAdapter(Applied("001_a.sql", "002_b.sql", "003_c.sql"))
        {
            WhenUndoing = (rollbacks, observer) =>
            {
                observer.Started(rollbacks[0]);
                observer.RolledBack(rollbacks[0], TimeSpan.FromSeconds(1));
                observer.Started(rollbacks[1]);
                throw Errors.StatementFailed(rollbacks[1].Location, "no such table", "", null);
            },
        };

        var report = await RunAsync(adapter, 3);

        Assert.AreEqual(("MIG4005", "003_c.sql", 2), (report.Errors.Single().Code, report.RolledBack.Single().Name, report.Left));
    }

    [TestMethod]
    public async Task Cancelling_says_how_far_it_came_and_not_to_run_the_same_again()
    {
        using var cancellation = new CancellationTokenSource();
        var adapter = new FakeAdapter(Applied("001_a.sql", "002_b.sql"))
        {
            WhenUndoing = (rollbacks, observer) =>
            {
                observer.Started(rollbacks[0]);
                cancellation.Cancel();
                throw new OperationCanceledException(cancellation.Token);
            },
        };

        var error = (await RunAsync(adapter, 2, cancellation: cancellation.Token)).Errors.Single();

        Assert.AreEqual(("MIG4007", new SourceLocation(_folder.PathOf("002_b.sql"), 1, 14)), (error.Code, error.Location));
        Assert.Contains("0 of 2", error.Message);
        Assert.DoesNotContain("Run again", error.Message);
    }

    private static MigrationHistory Applied(params string[] names) => new(HistoryTableName.Default, HistoryTableState.Complete, [.. names.Select(Row)]);

    private static HistoryRow Row(string name) => new(name);

    private static void AssertCalls(FakeAdapter adapter, params string[] calls) =>
        Assert.AreEqual(string.Join('\n', calls), string.Join('\n', adapter.Calls), "The calls are not right.");

    private Task<RollbackReport> RunAsync(FakeAdapter adapter, int steps, bool writes = true, CancellationToken cancellation = default)
    {
        foreach (var name in writes ? new[] { "001_a.sql", "002_b.sql", "003_c.sql" } : [])
        {
            _folder.Write(name, "-- Rollback: SELECT 1;");
        }

        var context = new CommandContext(adapter, new FakeDefinition("fake", adapter: adapter), _folder.Path, Placeholders.None, new Silent());
        return new RollbackRunner(context, new RollbackOptions(steps)).RollBackAsync(cancellation);
    }

    private sealed class Silent : IRunObserver;
}
