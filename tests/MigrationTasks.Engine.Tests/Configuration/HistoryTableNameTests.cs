using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class HistoryTableNameTests
{
    [TestMethod]
    [DataRow(null, null, "schema_migrations")]
    [DataRow(" ", null, "schema_migrations")]
    [DataRow("history", null, "history")]
    [DataRow(" app.my-history_2 ", "app", "my-history_2")]
    public void A_name_is_a_table_or_a_schema_and_a_table(string? text, string? schema, string table) =>
        Assert.AreEqual(new HistoryTableName(schema, table), HistoryTableName.Parse(text));

    [TestMethod]
    [DataRow(".history")]
    [DataRow("app.")]
    [DataRow("a.b.c")]
    [DataRow("a b")]
    [DataRow("a\";DROP TABLE b;--")]
    [DataRow("`a`")]
    public void Anything_else_is_refused(string text) =>
        Assert.AreEqual("MIG1011", Assert.ThrowsExactly<MigrationException>(() => HistoryTableName.Parse(text)).Code);
}
