using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Targets;

[TestClass]
public sealed class GuardTests
{
    [TestMethod]
    [DataRow("17.14.1")]
    [DataRow("16.11")]
    public void An_older_MSBuild_is_told_in_plain_words(string version)
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations("Migrate", "", ("_MigrateMSBuildVersion", version)));

        Assert.StartsWith($"MIG1001: MigrationTasks needs MSBuild 18 or newer, but this is MSBuild {version}.", project.Log.Single());
    }

    [TestMethod]
    [DataRow("9.0.300", "9.0.300")]
    [DataRow("10.0.100-preview.7", null)]
    [DataRow("", "no .NET SDK")]
    public void An_older_SDK_is_told_in_plain_words(string version, string? named)
    {
        using var project = new TargetsBuild().WithMigrations();

        var migrations = project.Migrations("Migrate", "<PropertyGroup><NETCoreSdkVersion>" + version + "</NETCoreSdkVersion></PropertyGroup>");

        Assert.AreEqual(named is null ? 1 : 0, migrations);
        Assert.Contains(named is null ? "migrated" : $"MIG1002: MigrationTasks needs the .NET SDK 10 or newer, but this project is built with {named}.", string.Join('\n', project.Log));
    }

    [TestMethod]
    public void A_build_without_the_hooks_is_not_disturbed_by_old_tools()
    {
        using var project = new TargetsBuild().WithMigrations();

        project.Migrations("Build", "", ("_MigrateMSBuildVersion", "17.0"));

        Assert.IsEmpty(project.Log);
    }
}
