using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class MigrationFileNameTests
{
    [TestMethod]
    [DataRow("001_a.sql", "1", "a", false)]
    [DataRow("20260102030405060708_add users.SQL", "20260102030405060708", "add users", false)]
    [DataRow("1_a_b.c.sql", "1", "a_b.c", false)]
    [DataRow("001_a.down.sql", "1", "a", true)]
    [DataRow("001_a.DOWN.sql", "1", "a", true)]
    [DataRow("0_it's 100%.sql", "0", "it's 100%", false)]
    public void A_name_is_a_version_and_a_title(string fileName, string version, string title, bool isRollback)
    {
        Assert.IsTrue(MigrationFileName.TryParse(fileName, ".sql", out var name), $"'{fileName}' should be a migration.");
        Assert.AreEqual((version, title, isRollback), (name.Version.ToString(), name.Title, name.IsRollback));
    }

    [TestMethod]
    [DataRow("R__a.sql", "a", false)]
    [DataRow("R__001_a.sql", "001_a", false)]
    [DataRow("R___a b.c.SQL", "_a b.c", false)]
    [DataRow("R__a.down.sql", "a", true)]
    public void A_repeatable_migration_has_an_R_for_a_version(string fileName, string title, bool isRollback)
    {
        Assert.IsTrue(MigrationFileName.TryParse(fileName, ".sql", out var name), $"'{fileName}' should be a migration.");
        Assert.AreEqual((true, title, isRollback), (name.IsRepeatable, name.Title, name.IsRollback));
    }

    [TestMethod]
    [DataRow("r__a.sql")]
    [DataRow("R_a.sql")]
    [DataRow("R__.sql")]
    [DataRow("R__.down.sql")]
    [DataRow("V1__a.sql")]
    [DataRow("a.sql")]
    [DataRow("001.sql")]
    [DataRow("001_.sql")]
    [DataRow("_a.sql")]
    [DataRow("001-a.sql")]
    [DataRow("v1_a.sql")]
    [DataRow("001_.down.sql")]
    [DataRow("001_a.txt")]
    [DataRow(".sql")]
    public void Anything_else_is_no_migration(string fileName) =>
        Assert.IsFalse(MigrationFileName.TryParse(fileName, ".sql", out _), $"'{fileName}' should be no migration.");
}
