using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>The names of history tables.</summary>
[TestClass]
public sealed class HistoryTableNameFuzz : FuzzContract
{
    protected override IEnumerable<string> Fragments => ["schema", ".", "..", "table", "_", "-", " ", "\"", "'", ";", "1", "é", "DROP TABLE users", "--", "/*", "[a]"];

    protected override IEnumerable<Growth> Growths => [Growth.Of("a"), Growth.Of("."), Growth.Of("a."), Growth.Of("a", after: ";"), Growth.Of(" "), Growth.Of("\"")];

    protected override void Read(string input) => HistoryTableName.Parse(input);

    protected override void Check(string input)
    {
        try
        {
            var name = HistoryTableName.Parse(input);
            // Nothing that could end a quoted name, or say more than a name.
            Assert.IsTrue($"{name.Schema}{name.Table}".All(character => char.IsLetterOrDigit(character) || character is '_' or '-'));
            Assert.AreEqual(name, HistoryTableName.Parse(name.ToString()));
        }
        catch (MigrationException refusal)
        {
            Assert.AreEqual("MIG1011", refusal.Code);
        }
    }
}
