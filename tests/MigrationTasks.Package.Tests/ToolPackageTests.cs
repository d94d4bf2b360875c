using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>The program <c>migrate</c> as its package installs it.</summary>
[TestClass]
public sealed class ToolPackageTests
{
    [TestMethod]
    public void It_is_installed_moved_and_run_in_a_folder_without_a_project()
    {
        using var consumer = new Consumer();
        consumer.Dotnet("tool", "install", "MigrationTasks.Tool", "--tool-path", consumer.PathOf("tool"), "--version", PackedPackage.Version).Succeeded();
        Directory.Move(consumer.PathOf("tool"), consumer.PathOf("elsewhere"));
        consumer.Migration("shop", "001_a");

        Migrate("").Says("shop -> sqlite ").Says(": 1 migration applied in ");
        Migrate("status").Says("1 applied, 0 pending");
        Assert.AreEqual(1, Run("rollback --step 1").ExitCode);

        BuildResult Migrate(string arguments) => Run(arguments).Succeeded();

        BuildResult Run(string arguments) => Consumer.Shell(consumer.PathOf("shop"), consumer.Environment, $"{consumer.PathOf("elsewhere/migrate")} {arguments}");
    }
}
