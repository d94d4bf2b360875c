using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Targets;

[TestClass]
public sealed class HookTests
{
    private static readonly (string, string) AfterBuild = ("MigrateAfterBuild", "true");
    private static readonly (string, string) AfterPublish = ("MigrateAfterPublish", "true");

    [TestMethod]
    public void A_project_that_did_not_ask_for_it_is_built_and_published_without_migrations()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations("Build"));
        Assert.AreEqual(0, project.Migrations("Publish"));
    }

    [TestMethod]
    public void A_project_that_asked_for_it_migrates_after_build_or_publish()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(1, project.Migrations("Build", "", AfterBuild));
        Assert.AreEqual(1, project.Migrations("Publish", "", AfterPublish));
        Assert.AreEqual(0, project.Migrations("Build", "", AfterPublish));
    }

    [TestMethod]
    public void Both_hooks_together_migrate_once()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(1, project.Migrations("Publish", "", AfterBuild, AfterPublish));
    }

    [TestMethod]
    public void A_hook_does_not_demand_a_folder_but_the_target_does()
    {
        using var project = new TargetsBuild().WithMigrations();

        project.Migrations("Build", "", AfterBuild);
        Assert.Contains("migrated; folder required: 'false'", project.Log);

        project.Migrations("Migrate", "", AfterBuild);
        Assert.Contains("migrated; folder required: ''", project.Log);
    }

    [TestMethod]
    public void A_project_without_migrations_is_left_alone_even_when_it_is_opted_in()
    {
        using var project = new TargetsBuild();

        Assert.AreEqual(0, project.Migrations("Publish", "", AfterBuild, AfterPublish));
    }

    [TestMethod]
    public void A_declared_folder_counts_wherever_it_is()
    {
        using var project = new TargetsBuild();

        Assert.AreEqual(1, project.Migrations("Build", """<ItemGroup><MigrationsFolder Include="db" /></ItemGroup>""", AfterBuild));
    }

    [TestMethod]
    [DataRow("DesignTimeBuild", "true")]
    [DataRow("BuildingProject", "false")]
    public void A_design_time_build_never_migrates(string property, string value)
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations("Build", "", AfterBuild, (property, value)));
    }

    [TestMethod]
    public void Of_a_project_with_several_frameworks_only_the_outer_build_migrates()
    {
        using var project = new TargetsBuild().WithMigrations();
        var frameworks = ("TargetFrameworks", "net10.0;net8.0");

        Assert.AreEqual(1, project.Migrations("Build", "", AfterBuild, frameworks, ("IsCrossTargetingBuild", "true")));
        Assert.AreEqual(0, project.Migrations("Build", "", AfterBuild, frameworks, ("TargetFramework", "net10.0")));
    }

    [TestMethod]
    public void Skipping_stops_hooks_and_targets()
    {
        using var project = new TargetsBuild().WithMigrations();
        var skip = ("MigrateSkip", "true");

        Assert.AreEqual(0, project.Migrations("Build", "", AfterBuild, skip));
        Assert.AreEqual(0, project.Migrations("Publish", "", AfterPublish, skip));
        Assert.AreEqual(0, project.Migrations("Migrate", "", skip));
    }

    [TestMethod]
    [DataRow("Migrate", "MigrateSkip")]
    [DataRow("Build", "MigrateAfterBuild")]
    [DataRow("Publish", "MigrateAfterPublish")]
    public void A_switch_that_is_neither_on_nor_off_is_an_error(string target, string property)
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations(target, "", (property, "ture")));
        Assert.AreEqual($"MIG1010: {property} is 'ture', but must be true or false.", project.Log.Single());

        Assert.AreEqual(target == "Migrate" ? 1 : 0, project.Migrations(target, "", (property, "")));
    }
}
