using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>Where a migration outside a transaction goes on, by its file, its row and the dialect it is written in.</summary>
[TestClass]
public sealed class ResumePointTests : IDisposable
{
    private const string Outside = "-- Transaction: none\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("SELECT 1;\nSELECT 2;", 0, "statement 1 (line 2)", "", DisplayName = "from the beginning")]
    [DataRow("SELECT 1;\n\n SELECT 2;", 1, "statement 2 (line 4)", "", DisplayName = "behind the first")]
    [DataRow("SELECT 1;\nSELECT 2;", 2, "its end", "", DisplayName = "behind the last")]
    [DataRow("SET a = 1;\nSELECT 1;\nSET LOCAL b = 2;\nRESET c;\nSELECT 2;", 4, "statement 5 (line 6)", "SET a = 1 | RESET c", DisplayName = "with what it had set")]
    [DataRow("BEGIN;\nSET a = 1;\nCOMMIT;\nBEGIN;\nSET b = 1;\nROLLBACK;\nSELECT 1;", 6, "statement 7 (line 8)", "SET a = 1", DisplayName = "with what it had set and committed")]
    [DataRow("BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;", 3, "statement 4 (line 5)", "", DisplayName = "behind a transaction of its own")]
    [DataRow("BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nPREPARE TRANSACTION 'a';\nSELECT 2;", 3, "statement 4 (line 5)", "", DisplayName = "behind a prepared transaction")]
    public void It_is_behind_what_stands(string statements, int done, string point, string settings)
    {
        var entry = PlanOf(Outside + statements, done);

        Assert.AreEqual((point, settings), (entry.Resume!.ToString(), string.Join(" | ", entry.Resume.Settings.Select(setting => setting.Text))));
    }

    [TestMethod]
    [DataRow("SELECT 1;", 2, "not in the file any more", DisplayName = "fewer statements than stand")]
    [DataRow("BEGIN;\nSELECT 1;\nCOMMIT AND CHAIN;\nSELECT 2;\nCOMMIT;", 3, "BEGIN in line 2 had opened a transaction", DisplayName = "in a transaction that follows another at once")]
    [DataRow("CREATE TEMP TABLE a (b int);\nSELECT 1;", 1, "CREATE TEMP TABLE in line 2 made something temporary", DisplayName = "behind what was temporary")]
    public void It_is_nowhere_when_something_of_the_session_is_lost(string statements, int done, string obstacle)
    {
        var plan = Plan(Outside + statements, done, checksum: null);

        Assert.IsNull(plan.Entries.Single().Resume);
        Assert.Contains(obstacle, plan.Errors.Single(error => error.Code == "MIG3005").Message);
        Assert.IsEmpty(plan.Steps);
    }

    [TestMethod]
    public void A_row_that_does_not_know_the_text_of_what_stands_is_not_trusted()
    {
        var plan = Plan(Outside + "SELECT 1;\nSELECT 2;", 1, checksum: "");

        Assert.Contains("does not say what the text of those was", plan.Errors.Single().Message);
    }

    private PlanEntry PlanOf(string text, int done) => Plan(text, done, null).Entries.Single();

    // With the checksum of the statements that stand, unless a test has another; empty is none.
    private MigrationPlan Plan(string text, int done, string? checksum)
    {
        _folder.Write("001_a.sql", text);
        var folder = MigrationFolder.Read(_folder.Path, PostgreSqlDialect.Instance, Placeholders.None);
        using var tokens = new TokenChecksum();
        foreach (var _ in tokens.Watch(PostgreSqlDialect.Instance.ReadStatements(new StringReader(text), null)).Take(done))
        {
        }

        var row = new HistoryRow("001_a.sql", "sha256:failed", Status: HistoryStatus.Failed, StatementsDone: done, TokenChecksum: checksum is null ? tokens.SoFar() : null);
        return MigrationPlan.Create(folder, new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, [row]), new PlanOptions());
    }
}
