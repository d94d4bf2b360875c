using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class CreateMigrationTests
{
    [TestMethod]
    public void The_result_is_the_path_of_the_new_file()
    {
        using var project = new TaskProject().Write(".env", "").Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(project.Run<CreateMigration>(task => task.Set("MigrateName", "add users")), project.Log.All());

        Assert.AreEqual($"Shop -> {project.PathOf("migrations/sqlite/002_add_users.sql")}", project.Result());
        Assert.StartsWith("-- Migration: add users\n", File.ReadAllText(project.PathOf("migrations/sqlite/002_add_users.sql")));
    }

    [TestMethod]
    public void A_new_file_stays_pending_until_it_has_a_statement()
    {
        using var project = new TaskProject();

        Assert.IsTrue(project.Run<CreateMigration>(task => task.Set("MigrateName", "first").Set("MigrateDatabase", "sqlite")), project.Log.All());

        Assert.IsTrue(project.Migrate(), project.Log.All());
        Assert.AreEqual("Shop -> sqlite app.db: nothing to apply (0 applied), 1 pending without a statement", project.Result());

        project.Migration("001_first.sql", "CREATE TABLE a (x);");
        Assert.IsTrue(project.Migrate(), project.Log.All());
        Assert.Contains("001_first.sql", project.Result());
    }

    [TestMethod]
    public void The_name_may_be_the_property_Name_of_the_command_line()
    {
        using var project = new TaskProject().Migration("001_a.sql", "");
        project.GlobalProperties["NAME"] = "from_the_command_line";

        Assert.IsTrue(project.Run<CreateMigration>(), project.Log.All());
        Assert.EndsWith("002_from_the_command_line.sql", project.Result());

        Assert.IsTrue(project.Run<CreateMigration>(task => task.Set("MigrateName", "from_its_own_property")), project.Log.All());
        Assert.EndsWith("003_from_its_own_property.sql", project.Result());
    }

    [TestMethod]
    [DataRow("", "", "MIG1020")]
    [DataRow(" ", "sqlite", "MIG1020")]
    [DataRow("a/b", "sqlite", "MIG1022")]
    [DataRow("a", "", "MIG1021")]
    [DataRow("a", "oracle", "MIG1003")]
    public void An_input_that_cannot_be_meant_creates_nothing(string name, string database, string code)
    {
        using var project = new TaskProject();

        Assert.IsFalse(project.Run<CreateMigration>(task => task.Set("MigrateName", name).Set("MigrateDatabase", database)));

        project.Error(code);
        Assert.IsFalse(Directory.Exists(project.PathOf("migrations")));
    }
}
