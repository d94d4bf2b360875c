using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class TaskOptionsTests
{
    public static IEnumerable<(string Property, Action<RunMigrations> Configure)> WrongValues =>
    [
        ("MigrateOutOfOrder", task => task.OutOfOrder = "Maybe"),
        ("MigrateOutOfOrder", task => task.OutOfOrder = "1"),
        ("MigrateTargetVersion", task => task.TargetVersion = "latest"),
        ("MigrateConnectTimeout", task => task.ConnectTimeout = "soon"),
        ("MigrateLockTimeout", task => task.LockTimeout = "soon"),
        ("MigrateLockTimeout", task => task.LockTimeout = "-1"),
        ("MigrateLockTimeout", task => task.LockTimeout = "99999999"),
        ("MigrateStatementLockTimeout", task => task.StatementLockTimeout = "3s"),
        ("MigrateStatementLockTimeout", task => task.StatementLockTimeout = "-1"),
        ("MigrateStatementLockRetries", task => task.StatementLockRetries = "often"),
        ("MigrateStatementLockRetries", task => task.StatementLockRetries = "1000001"),
        ("MigrateCommandTimeout", task => task.CommandTimeout = "1.5"),
    ];

    [TestMethod]
    [DynamicData(nameof(WrongValues))]
    public void A_value_that_a_property_cannot_have_is_an_error_that_names_it(string property, Action<RunMigrations> configure)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(configure));

        Assert.StartsWith($"{property} is '", project.Error("MIG1010").Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    public void Empty_values_stand_for_the_usual_ones_and_case_does_not_matter()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(
            project.Migrate(task =>
            {
                task.OutOfOrder = "allow";
                task.TargetVersion = " ";
                task.LockTimeout = "";
                task.StatementLockTimeout = " 0 ";
                task.StatementLockRetries = "";
                task.CommandTimeout = " 30 ";
                task.EnvFile = "";
                task.Database = "SQLite";
            }),
            project.Log.All());
    }

    [TestMethod]
    public void Only_migrations_up_to_the_target_version_are_applied()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Migrate(task => task.TargetVersion = "1"), project.Log.All());

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

        Assert.AreEqual(succeeds, project.Migrate(task => task.OutOfOrder = policy));
        Assert.HasCount(warnings, project.Log.Warnings);
    }

    [TestMethod]
    public void An_env_file_that_is_named_must_exist()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.EnvFile = "production.env"));

        Assert.AreEqual(project.PathOf("production.env"), project.Error("MIG1008").File);
    }
}
