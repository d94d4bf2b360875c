using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class BaselineHistoryTests
{
    public static IEnumerable<(string Code, Action<BaselineHistory> Configure)> WrongInputs =>
    [
        ("MIG1020", task => task.Set("MigrateTargetVersion", "")),
        ("MIG1010", task => task.Set("MigrateTargetVersion", "latest")),
        ("MIG3022", task => task.Set("MigrateTargetVersion", "3")),
        ("MIG1003", task => task.Set("MigrateTargetVersion", "1").Set("MigrateDatabase", "oracle")),
        ("MIG1015", task => task.Set("MigrateTargetVersion", "1").Set("MigrateDatabase", "postgresql")),
        ("MIG1010", task => task.Set("MigrateTargetVersion", "1").Set("MigrateLockTimeout", "soon")),
    ];

    [TestMethod]
    public void What_is_marked_is_listed_and_not_run()
    {
        using var project = new TaskProject().Migration("001_a.sql", "SELECT nope;").Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Run<BaselineHistory>(task => task.Set("MigrateTargetVersion", "001")), project.Log.All());

        Assert.AreEqual("Shop -> sqlite app.db: 1 migration marked as applied, without running it\n    001_a.sql", project.Result());
        Assert.IsTrue(project.Migrate(), project.Log.All());
        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());
        Assert.MatchesRegex(@"001_a\.sql   baseline   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n    002_b\.sql   applied ", project.Result());
    }

    [TestMethod]
    [DynamicData(nameof(WrongInputs))]
    public void An_input_that_cannot_be_meant_marks_nothing(string code, Action<BaselineHistory> configure)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Run(configure));

        project.Error(code);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have been written.");
    }

    [TestMethod]
    public void One_of_several_databases_must_be_chosen()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write("migrations/postgresql/001_a.sql", "CREATE TABLE a (x int);");

        Assert.IsFalse(project.Run<BaselineHistory>(task => task.Set("MigrateTargetVersion", "1")));
        Assert.Contains("one of: postgresql, sqlite", project.Error("MIG1021").Message!);

        Assert.IsTrue(project.Run<BaselineHistory>(task => task.Set("MigrateTargetVersion", "1").Set("MigrateDatabase", "migrations/sqlite")), project.Log.All());
    }
}
