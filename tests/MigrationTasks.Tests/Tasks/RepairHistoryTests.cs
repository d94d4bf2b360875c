using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class RepairHistoryTests
{
    public static IEnumerable<(string Code, Action<RepairHistory> Configure)> WrongInputs =>
    [
        ("MIG1010", task => task.Set("MigrateRepairChecksums", "yes")),
        ("MIG1010", task => task.Set("MigrateRepairRenamed", "1")),
        ("MIG1010", task => task.Set("MigrateRepairFailed", "all")),
        ("MIG1010", task => task.Set("MigrateRepairCompleted", "001_a.sql")),
        ("MIG1010", task => task.Set("MigrateRepairMissing", "-")),
        ("MIG1010", task => task.Set("MigrateRepairFailed", "true").Set("MigrateRepairCompleted", "true")),
        ("MIG1026", task => task.Set("MigrateRepairChecksums", "true").Set("MigrateRepairOnly", "7")),
        ("MIG1026", task => task.Set("MigrateRepairChecksums", "true").Set("MigrateRepairOnly", "1; 002_c.sql")),
    ];

    [TestMethod]
    public void Nothing_is_repaired_that_is_not_asked_for_and_what_could_be_has_its_property()
    {
        using var project = Disorder();

        Assert.IsTrue(project.Run<RepairHistory>(), project.Log.All());

        Assert.AreEqual(
            """
            Shop -> sqlite app.db: nothing repaired, 2 possible repairs
                001_a.sql   was edited: accept it as its file is now, without running it   -p:MigrateRepairChecksums=true
                002_b.sql   has no file: remove its row                                    -p:MigrateRepairMissing=true -p:MigrateRepairOnly=002
            """,
            project.Result());
    }

    [TestMethod]
    public void What_is_asked_for_is_repaired_and_listed()
    {
        using var project = Disorder();

        Assert.IsTrue(project.Run<RepairHistory>(task => task.Set("MigrateRepairChecksums", "True").Set("MigrateRepairMissing", "true").Set("MigrateRepairOnly", "001_a.sql; 2")), project.Log.All());

        Assert.AreEqual("Shop -> sqlite app.db: 2 repairs made\n    001_a.sql   accepted as its file is now; none of it was run\n    002_b.sql   row removed", project.Result());
        Assert.IsTrue(project.Migrate(), project.Log.All());
    }

    [TestMethod]
    [DynamicData(nameof(WrongInputs))]
    public void An_input_that_cannot_be_meant_changes_nothing(string code, Action<RepairHistory> configure)
    {
        using var project = Disorder();

        Assert.IsFalse(project.Run(configure));

        project.Error(code);
        Assert.IsTrue(project.Run<RepairHistory>());
        Assert.Contains("2 possible repairs", project.Result());
    }

    [TestMethod]
    public void A_name_can_be_meant_in_one_database_only()
    {
        using var project = Disorder().Write("migrations/postgresql/001_a.sql", "CREATE TABLE a (x int);");

        Assert.IsFalse(project.Run<RepairHistory>(task => task.Set("MigrateRepairChecksums", "true").Set("MigrateRepairOnly", "1")));

        project.Error("MIG1021");
    }

    private static TaskProject Disorder()
    {
        var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "CREATE TABLE b (x);");
        Assert.IsTrue(project.Migrate(), project.Log.All());
        File.Delete(project.PathOf("migrations/sqlite/002_b.sql"));
        return project.Migration("001_a.sql", "CREATE TABLE a (x, y);");
    }
}
