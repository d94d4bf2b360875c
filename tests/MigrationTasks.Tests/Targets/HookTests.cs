using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Targets;

[TestClass]
public sealed class HookTests
{
    private static readonly (string, string) AfterBuild = ("MigrateAfterBuild", "true");
    private static readonly (string, string) AfterPublish = ("MigrateAfterPublish", "true");

    // What the command line tells of dotnet publish -t:PublishContainer.
    private static readonly (string, string) ImageFollows = ("_MigrateImageFollows", "true");

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

    [TestMethod]
    public void A_project_that_is_not_published_is_not_migrated_when_its_solution_is()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations("Publish", "", AfterPublish, ("IsPublishable", "false")));
        Assert.AreEqual(0, project.Migrations("Publish;PublishContainer", "", AfterPublish, ("IsPublishable", "false"), ImageFollows));
    }

    [TestMethod]
    public void Packing_a_tool_is_no_publishing()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(0, project.Migrations("Publish", "", AfterPublish, ("_IsPacking", "true")));
    }

    [TestMethod]
    public void An_image_is_made_before_migrations_run_and_they_run_once()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(1, project.Migrations("Publish;PublishContainer", "", AfterPublish, ImageFollows));
        Assert.StartsWith("image made", project.Log[0]);

        Assert.AreEqual(1, project.Migrations("PublishContainer", "", AfterPublish));
        Assert.StartsWith("image made", project.Log[0]);
    }

    [TestMethod]
    public void The_builds_that_an_image_for_several_systems_is_made_of_do_not_migrate()
    {
        using var project = new TargetsBuild().WithMigrations();
        var part = ("_IsSingleRIDBuild", "true");

        Assert.AreEqual(0, project.Migrations("Publish", "", AfterPublish, part));
        Assert.AreEqual(0, project.Migrations("Publish", "", AfterBuild, part));
    }

    [TestMethod]
    public void An_image_of_one_system_is_no_part_of_another_one()
    {
        using var project = new TargetsBuild().WithMigrations();

        // The SDK finds out in the build itself.
        const string found = """<Target Name="Find" BeforeTargets="PublishContainer"><PropertyGroup><_IsSingleRIDBuild>true</_IsSingleRIDBuild></PropertyGroup></Target>""";
        Assert.AreEqual(1, project.Migrations("Publish;PublishContainer", found, AfterPublish, ImageFollows));
    }

    [TestMethod]
    public void What_Visual_Studio_deploys_after_a_build_is_published_then()
    {
        using var project = new TargetsBuild().WithMigrations();

        Assert.AreEqual(1, project.Migrations("Build", "", AfterPublish, ("DeployOnBuild", "true")));
        Assert.StartsWith("deployed", project.Log[0]);
    }

    [TestMethod]
    public void A_new_migration_is_a_reason_to_build_where_the_hook_is_on()
    {
        using var project = new TargetsBuild().WithMigrations();

        project.Migrations("Build", "", AfterBuild);
        Assert.EndsWith("migrations/sqlite/001_a.sql", project.Items("UpToDateCheckInput").Single());
        Assert.IsTrue(File.Exists(project.PathOf(project.Items("UpToDateCheckOutput").Single())));
        Assert.AreEqual("false", project.Property("FileBasedProgramCanSkipMSBuild"));

        project.Migrations("Build");
        Assert.IsEmpty(project.Items("UpToDateCheckInput").Concat(project.Items("UpToDateCheckOutput")));
        Assert.AreEqual("", project.Property("FileBasedProgramCanSkipMSBuild"));
    }

    [TestMethod]
    public void A_new_migration_in_a_declared_folder_is_one_too()
    {
        using var project = new TargetsBuild();
        project.Write("db/sqlite/001_a.sql", "SELECT 1;");

        project.Migrations("CollectUpToDateCheckInputDesignTime", """<ItemGroup><MigrationsFolder Include="db/sqlite" /></ItemGroup>""", AfterBuild);

        Assert.EndsWith("db/sqlite/001_a.sql", project.Items("UpToDateCheckInput").Single());
    }

    [TestMethod]
    public void After_migrations_that_failed_the_project_is_not_up_to_date()
    {
        using var project = new TargetsBuild().WithMigrations();

        project.Migrations("Build", """<Target Name="Fail" BeforeTargets="Migrate"><Error Text="no" /></Target>""", AfterBuild);

        Assert.IsFalse(File.Exists(project.PathOf(project.Items("UpToDateCheckOutput").Single())));
    }

    [TestMethod]
    public void A_project_without_migrations_has_nothing_to_be_out_of_date()
    {
        using var project = new TargetsBuild();

        project.Migrations("Build", "", AfterBuild);

        Assert.IsEmpty(project.Items("UpToDateCheckOutput"));
    }
}
