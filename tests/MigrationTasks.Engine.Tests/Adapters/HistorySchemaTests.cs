using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Tests.Adapters;

[TestClass]
public sealed class HistorySchemaTests
{
    [TestMethod]
    [DataRow(RowStores.Tables, "table", "columns")]
    [DataRow(RowStores.Collections, "collection", "fields")]
    public void What_belongs_to_another_tool_is_told_in_the_words_of_its_database(RowStores store, string thing, string parts)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => HistorySchema.Read(HistoryTableName.Default, ["version", "dirty"], [], store));

        Assert.AreEqual("MIG3001", problem.Code);
        Assert.StartsWith($"The {thing} schema_migrations is not a history of MigrationTasks: it looks like that of golang-migrate (its {parts}: version, dirty). It was not touched. Take over what it says is applied: dotnet build -t:MigrateImport. It leaves this {thing} as it is", problem.Message);
    }
}
