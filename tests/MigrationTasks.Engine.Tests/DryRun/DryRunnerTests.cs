using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Tests.Runner;

namespace MigrationTasks.Engine.Tests.DryRun;

[TestClass]
public sealed class DryRunnerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(DryRunMode.Script, "MIG3030")]
    [DataRow(DryRunMode.Rollback, "MIG3032")]
    public async Task What_a_database_cannot_do_is_told_before_it_is_connected_to(DryRunMode mode, string code)
    {
        var adapter = new FakeAdapter(MigrationHistory.Absent(HistoryTableName.Default));
        var context = new CommandContext(adapter, new FakeDefinition("fake", adapter: adapter), _folder.Path, Placeholders.None, new Silent());

        var report = await new DryRunner(context, new PlanOptions(), mode, _folder.PathOf("script.sql")).RunAsync(default);

        Assert.AreEqual(code, report.Errors.Single().Code);
        Assert.Contains("fake", report.Errors.Single().Message);
        Assert.AreEqual("disconnect", string.Join(", ", adapter.Calls));
    }

    private sealed class Silent : IRunObserver;
}
