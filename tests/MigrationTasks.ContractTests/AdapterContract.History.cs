using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_history_of_another_tool_is_refused_and_not_touched()
    {
        foreach (var (tool, create) in Dialect.ForeignHistories)
        {
            await Database.ExecuteAsync(create);
            var before = await Database.ReadAsync("schema_migrations");

            var report = await Project.Write("001_a", Create("a")).MigrateAsync();

            report.HasApplied().FailedWith("MIG3001").Says(tool).Says("HistoryTable");
            await TableHoldsAsync("schema_migrations", before);
            await NoTableAsync("a");
            await ExecuteAsync(Drop("schema_migrations"));
        }
    }

    [TestMethod]
    public async Task The_script_of_the_history_runs_when_the_table_is_absent()
    {
        Project.Write("000_migrations_table", HistoryScript).Write("001_a", Create("a"));

        (await Project.MigrateAsync()).Applied("000_migrations_table", "001_a").WithoutWarnings();

        await HistoryIsAsync("000_migrations_table|applied", "001_a|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task The_script_of_the_history_runs_even_when_it_is_alone()
    {
        Project.Write("000_migrations_table", HistoryScript);

        (await Project.MigrateAsync()).Applied("000_migrations_table").WithoutWarnings();

        await HistoryIsAsync("000_migrations_table|applied");
    }

    [TestMethod]
    public async Task A_name_is_the_same_in_each_form_that_Unicode_has_for_it()
    {
        const string Composed = "caf\u00e9";
        const string Decomposed = "cafe\u0301";
        (await Project.Write($"001_{Decomposed}", Create("a")).MigrateAsync()).Succeeded();

        // As another system spells the names of files, and as an earlier version wrote what it was given.
        Project.Delete($"001_{Decomposed}{Extension}").Write($"001_{Composed}", Create("a"));
        await AddRowsAsync(new HistoryRow($"002_{Decomposed}{Extension}"));
        Project.Write($"002_{Composed}", Create("b"));
        (await Project.MigrateAsync()).Applied().WithoutWarnings();

        await AddRowsAsync(new HistoryRow($"003_{Decomposed}{Extension}", Status: HistoryStatus.Failed));
        Project.Write($"003_{Composed}", Untransacted + Create("c"));
        (await Project.MigrateAsync()).Applied($"003_{Composed}").WithoutWarnings();
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }
}
