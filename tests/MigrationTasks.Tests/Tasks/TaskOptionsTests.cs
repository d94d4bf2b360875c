using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Help;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class TaskOptionsTests
{
    [TestMethod]
    [DataRow("MigrateOutOfOrder", "Maybe")]
    [DataRow("MigrateOutOfOrder", "1")]
    [DataRow("MigrateTargetVersion", "latest")]
    [DataRow("MigrateConnectTimeout", "soon")]
    [DataRow("MigrateLockTimeout", "soon")]
    [DataRow("MigrateLockTimeout", "-1")]
    [DataRow("MigrateLockTimeout", "99999999")]
    [DataRow("MigrateStatementLockTimeout", "3s")]
    [DataRow("MigrateStatementLockTimeout", "-1")]
    [DataRow("MigrateStatementLockRetries", "often")]
    [DataRow("MigrateStatementLockRetries", "1000001")]
    [DataRow("MigrateCommandTimeout", "1.5")]
    public void A_value_that_a_property_cannot_have_is_an_error_that_names_it(string property, string value)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.Set(property, value)));

        Assert.StartsWith($"{property} is '", project.Error("MIG1010").Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    public void Empty_values_stand_for_the_usual_ones_and_case_does_not_matter()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(
            project.Migrate(task => task
                .Set("MigrateOutOfOrder", "allow")
                .Set("MigrateTargetVersion", " ")
                .Set("MigrateLockTimeout", "")
                .Set("MigrateStatementLockTimeout", " 0 ")
                .Set("MigrateStatementLockRetries", "")
                .Set("MigrateCommandTimeout", " 30 ")
                .Set("MigrateEnvFile", "")
                .Set("MigrateDatabase", "SQLite")),
            project.Log.All());
    }

    [TestMethod]
    public void Only_migrations_up_to_the_target_version_are_applied()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Migrate(task => task.Set("MigrateTargetVersion", "1")), project.Log.All());

        Assert.Contains("1 migration applied", project.Result());
    }

    [TestMethod]
    [DataRow("Warn", true, 1)]
    [DataRow("Allow", true, 0)]
    [DataRow("Error", false, 0)]
    public void A_late_migration_is_treated_as_the_project_says(string policy, bool succeeds, int warnings)
    {
        using var project = new TaskProject().Migration("002_b.sql", "CREATE TABLE b (x);");
        project.Migrate();
        project.Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.AreEqual(succeeds, project.Migrate(task => task.Set("MigrateOutOfOrder", policy)));
        Assert.HasCount(warnings, project.Log.Warnings);
    }

    [TestMethod]
    public void An_env_file_that_is_named_must_exist()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.Set("MigrateEnvFile", "production.env")));

        Assert.AreEqual(project.PathOf("production.env"), project.Error("MIG1008").File);
    }

    [TestMethod]
    public void What_is_declared_as_the_default_of_a_property_is_what_a_program_has_that_says_nothing()
    {
        using var task = new RunMigrations { BuildEngine = new RecordingBuildEngine(), ProjectFile = "/p/Shop.csproj" };
        foreach (var (name, value) in PackageFiles.Defaults.Where(property => property.Value.Length > 0))
        {
            task.Set(name, value);
        }

        var (usual, declared) = (new WorkflowOptions { ProjectDirectory = "/p" }, task.Asked());

        Assert.AreEqual(usual.Plan, declared.Plan);
        Assert.AreEqual(
            (usual.ConnectTimeout, usual.LockTimeout, usual.StatementLockTimeout, usual.StatementLockRetries, usual.CommandTimeout, usual.KeepsToolHistory),
            (declared.ConnectTimeout, declared.LockTimeout, declared.StatementLockTimeout, declared.StatementLockRetries, declared.CommandTimeout, declared.KeepsToolHistory));
        var checks = new CommandOptions(MigrationTask.ValuesOf(task.Options, "MigrateValidate"), "/p").Lint();
        Assert.AreEqual(new LintOptions { ExposedSchemas = checks.ExposedSchemas }, checks);
        Assert.AreSequenceEqual(new LintOptions().ExposedSchemas, checks.ExposedSchemas);
        Assert.AreEqual(new DryRunOptions("").Mode, new CommandOptions(MigrationTask.ValuesOf(task.Options, "MigrateDryRun"), "/p").DryRun().Mode);
    }
}
