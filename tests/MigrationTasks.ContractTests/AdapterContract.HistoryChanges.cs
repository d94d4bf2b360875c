using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task Rows_of_the_history_are_added_changed_and_removed_together()
    {
        await AddRowsAsync(new HistoryRow("001_a", "sha256:a", Rollback: "DROP TABLE a"), new HistoryRow("002_b", "sha256:b", Status: HistoryStatus.Failed, StatementsDone: 2), new HistoryRow("003_c"));

        await ChangeHistoryAsync(rows =>
        [
            HistoryChange.Replace(rows[0], rows[0] with { Checksum = "sha256:other", Rollback = null }),
            HistoryChange.Remove(rows[1]),
            HistoryChange.Replace(rows[2], rows[2] with { Name = "003_renamed" }),
            HistoryChange.Add(new HistoryRow("004_d", Status: HistoryStatus.Baseline)),
            HistoryChange.Add(new HistoryRow("005_e", Status: HistoryStatus.Imported)),
        ]);

        await AllRowsAreAsync("001_a|sha256:other|applied||", "003_renamed||applied||", "004_d||baseline||", "005_e||imported||");
    }

    [TestMethod]
    public async Task A_row_of_the_history_reads_as_it_was_written()
    {
        var row = new HistoryRow("001_a", "sha256:a", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), TimeSpan.FromMilliseconds(1234), HistoryStatus.Imported, 3, "DROP TABLE a;\n-- it's ünicode");

        await AddRowsAsync(row);

        Assert.AreEqual(row, (await ReadHistoryAsync()).Rows.Single());
    }

    [TestMethod]
    public async Task A_change_of_a_row_that_is_not_as_it_was_read_changes_nothing_at_all()
    {
        await AddRowsAsync(new HistoryRow("001_a", "sha256:a"), new HistoryRow("002_b", "sha256:b"));
        string[] before = ["001_a|sha256:a|applied||", "002_b|sha256:meanwhile|applied||"];

        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Replace(rows[1], rows[1] with { Status = HistoryStatus.Failed })], "002_b", meanwhile: rows => [HistoryChange.Replace(rows[1], rows[1] with { Checksum = "sha256:meanwhile" })]);
        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Remove(new HistoryRow("003_c"))], "003_c");
        await RefusedAsync(rows => [HistoryChange.Remove(rows[0]), HistoryChange.Add(new HistoryRow("002_b"))], "002_b");
        await RefusedAsync(rows => [HistoryChange.Replace(rows[0], rows[0] with { Name = "002_b" })], "001_a");

        await AllRowsAreAsync(before);
    }

    [TestMethod]
    public async Task Of_eight_that_add_the_same_row_one_does()
    {
        await AddRowsAsync(new HistoryRow("001_a"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await ChangeHistoryAsync(_ => [HistoryChange.Add(new HistoryRow("002_b"))]);
                return "added";
            }
            catch (MigrationException exception)
            {
                return exception.Code;
            }
        })));

        Assert.AreEqual(1, outcomes.Count(outcome => outcome == "added"), string.Join(' ', outcomes));
        Assert.AreEqual(7, outcomes.Count(outcome => outcome == "MIG3021"), string.Join(' ', outcomes));
        await HistoryIsAsync("001_a|applied", "002_b|applied");
    }

    private async Task AllRowsAreAsync(params string[] rows) => Assert.AreEqual(
        Sorted(rows),
        Sorted(await Database.ReadAsync("schema_migrations", HistorySchema.Name, HistorySchema.Checksum, HistorySchema.Status, HistorySchema.StatementsDone, HistorySchema.Rollback)),
        "The history is not right.");

    private protected async Task AddRowsAsync(params HistoryRow[] rows)
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        await adapter.EnsureHistoryAsync(null, new RecordingObserver(), default);
        await adapter.ChangeHistoryAsync([.. rows.Select(HistoryChange.Add)], default);
    }

    private protected async Task<MigrationHistory> ReadHistoryAsync()
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        return await adapter.ReadHistoryAsync(default);
    }

    // The rows are read first, in the order of their names; then something happens, and then they are changed.
    private protected async Task ChangeHistoryAsync(Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>> changes, Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>>? meanwhile = null)
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        var rows = (await adapter.ReadHistoryAsync(default)).Rows.OrderBy(row => row.Name, StringComparer.Ordinal).ToList();
        if (meanwhile is not null)
        {
            await ChangeHistoryAsync(meanwhile);
        }

        await adapter.ChangeHistoryAsync(changes(rows), default);
    }

    private async Task RefusedAsync(Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>> changes, string name, Func<IReadOnlyList<HistoryRow>, IReadOnlyList<HistoryChange>>? meanwhile = null)
    {
        var exception = await Assert.ThrowsExactlyAsync<MigrationException>(() => ChangeHistoryAsync(changes, meanwhile));

        Assert.AreEqual("MIG3021", exception.Code, exception.Message);
        Assert.Contains(name, exception.Message);
    }
}
