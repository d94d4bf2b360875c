using Microsoft.Build.Utilities;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

/// <summary>What the tasks make of <c>MigrationAdapter</c> items; that a real one works, the tests of the package tell.</summary>
[TestClass]
public sealed class MigrationAdapterTests : IDisposable
{
    private readonly TaskProject _project = new();

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_path_starts_in_the_folder_of_the_project()
    {
        Assert.IsFalse(_project.Migration("001_a.sql", "SELECT 1;").Migrate(task => task.Adapters = [new TaskItem("adapters/My.Adapter.dll")]));

        Assert.AreEqual(_project.PathOf("adapters/My.Adapter.dll"), _project.Error("MIG1025").File);
    }

    [TestMethod]
    public void A_migration_for_an_adapter_that_is_not_there_is_not_started() =>
        Assert.IsFalse(_project.Run<CreateMigration>(task => task.Set("MigrateName", "a").Adapters = [new TaskItem("Nowhere.dll")]));
}
