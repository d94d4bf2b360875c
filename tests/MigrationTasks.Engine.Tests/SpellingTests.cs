using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests;

[TestClass]
public sealed class SpellingTests
{
    private static readonly string[] Known = ["postgres", "postgresql", "sqlite", "supabase", "20260102030405", "MigrateTargetVersion", "true", "false", "3"];

    [TestMethod]
    [DataRow("postgress", "postgres", DisplayName = "a letter too many")]
    [DataRow("postgresq", "postgres", DisplayName = "between two: the first of them")]
    [DataRow("sqlit", "sqlite", DisplayName = "a letter too few")]
    [DataRow("SQLLITE", "sqlite", DisplayName = "in another case")]
    [DataRow("ture", "true", DisplayName = "two letters swapped")]
    [DataRow("supebase", "supabase", DisplayName = "another letter")]
    [DataRow("20260102030504", "20260102030405", DisplayName = "a version")]
    [DataRow("MigrateTargetVerison", "MigrateTargetVersion", DisplayName = "a long one")]
    [DataRow("oracle", null, DisplayName = "something else")]
    [DataRow("4", null, DisplayName = "of one letter, none can be wrong")]
    [DataRow("", null, DisplayName = "nothing")]
    public void What_is_near_enough_is_suggested(string text, string? nearest) =>
        Assert.AreEqual(nearest, Spelling.Nearest(text, Known));

    [TestMethod]
    public void Nothing_is_suggested_where_nothing_is_known() =>
        Assert.IsNull(Spelling.Nearest("sqlite", []));
}
