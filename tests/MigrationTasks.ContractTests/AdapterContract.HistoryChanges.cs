using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string AllRows = "SELECT migration_name, checksum, status, statements_done, rollback_sql FROM schema_migrations ORDER BY migration_name";

    [TestMethod]
    public async Task Rows_of_the_history_are_added_changed_and_removed_together()
    {
        await AddRowsAsync(new HistoryRow("001_a.sql", "sha256:a", Rollback: "DROP TABLE a"), new HistoryRow("002_b.sql", "sha256:b", Status: HistoryStatus.Failed, StatementsDone: 2), new HistoryRow("003_c.sql"));

        await ChangeHistoryAsync(rows =>
        [
            HistoryChange.Replace(rows[0], rows[0] with { Checksum = "sha256:other", Rollback = null }),
            HistoryChange.Remove(rows[1]),
            HistoryChange.Replace(rows[2], rows[2] with { Name = "003_renamed.sql" }),
            HistoryChange.Add(new HistoryRow("004_d.sql", Status: HistoryStatus.Baseline)),
            HistoryChange.Add(new HistoryRow("005_e.sql", Status: HistoryStatus.Imported)),
        ]);

        await RowsAreAsync(AllRows, "001_a.sql|sha256:other|applied||", "003_renamed.sql||applied||", "004_d.sql||baseline||", "005_e.sql||imported||");
    }

    [TestMethod]
    public async Task A_row_of_the_history_reads_as_it_was_written()
    {
        var row = new HistoryRow("001_a.sql", "sha256:a", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), TimeSpan.FromMilliseconds(1234), HistoryStatus.Imported, 3, "DROP TABLE a;\n-- it's ünicode");

        await AddRowsAsync(row);

        Assert.AreEqual(row, (await ReadHistoryAsync()).Rows.Single());
    }

    [TestMethod]
    public async Task A_change_of_a_row_that_is_not_as_it_was_read_changes_nothing_at_all()
    {
        await AddRowsAsync(new HistoryRow("001_a.sql", "sha256:a"), new HistoryRow("002_b.sql", "sha256:b"));
        string[] before = ["001_a.sql|sha256:a|applied||", "002_b.sql|sha256:meanwhile|applied||"];

        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Replace(rows[1], rows[1] with { Status = HistoryStatus.Failed })], "002_b.sql", "UPDATE schema_migrations SET checksum = 'sha256:meanwhile' WHERE migration_name = '002_b.sql'");
        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Remove(new HistoryRow("003_c.sql"))], "003_c.sql");
        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Add(new HistoryRow("002_b.sql"))], "002_b.sql");
        await RefusedAsync(rows => [HistoryChange.Replace(rows[0], rows[0] with { Name = "002_b.sql" })], "001_a.sql");

        await RowsAreAsync(AllRows, before);
    }

    [TestMethod]
    public async Task Of_eight_that_add_the_same_row_one_does()
    {
        await AddRowsAsync(new HistoryRow("001_a.sql"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await ChangeHistoryAsync(_ => [HistoryChange.Add(new HistoryRow("002_b.sql"))]);
                return "added";
            }
            catch (MigrationException exception)
            {
                return exception.Code;
            }
        })));

        Assert.AreEqual(1, outcomes.Count(outcome => outcome == "added"), string.Join(' ', outcomes));
        Assert.AreEqual(7, outcomes.Count(outcome => outcome == "MIG3021"), string.Join(' ', outcomes));
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
    }

    [TestMethod]
    public async Task A_status_of_a_newer_version_means_applied()
    {
        await AddRowsAsync(new HistoryRow("001_a.sql"));
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'squashed'");

        (await Project.Write("001_a.sql", "SELECT nope;").MigrateAsync()).Applied().WithoutWarnings();
    }

    private async Task AddRowsAsync(params HistoryRow[] rows)
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        await adapter.EnsureHistoryAsync(null, new RecordingObserver(), default);
        await adapter.ChangeHistoryAsync([.. rows.Select(HistoryChange.Add)], default);
    }

    private async Task<MigrationHistory> ReadHistoryAsync()
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        return await adapter.ReadHistoryAsync(default);
    }

    // The rows are read first, in the order of their names; then something happens, and then they are changed.
    private async Task ChangeHistoryAsync(Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>> changes, string? meanwhile = null)
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        var rows = (await adapter.ReadHistoryAsync(default)).Rows.OrderBy(row => row.Name, StringComparer.Ordinal).ToList();
        if (meanwhile is not null)
        {
            await Database.ExecuteAsync(meanwhile);
        }

        await adapter.ChangeHistoryAsync(changes(rows), default);
    }

    private async Task RefusedAsync(Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>> changes, string name, string? meanwhile = null)
    {
        var exception = await Assert.ThrowsExactlyAsync<MigrationException>(() => ChangeHistoryAsync(changes, meanwhile));

        Assert.AreEqual("MIG3021", exception.Code, exception.Message);
        Assert.Contains(name, exception.Message);
    }
}
