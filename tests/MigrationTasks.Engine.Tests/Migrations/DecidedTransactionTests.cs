using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.Engine.Tests.Migrations;

/// <summary>Whether a script runs in one transaction where its statements decide, as they do in MySQL.</summary>
[TestClass]
public sealed class DecidedTransactionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("INSERT INTO a VALUES (1); UPDATE a SET b = 2;", true, DisplayName = "statements that a transaction holds")]
    [DataRow("START TRANSACTION; INSERT INTO a VALUES (1); COMMIT;", true, DisplayName = "statements in a transaction of their own")]
    [DataRow("-- Transaction: none\nINSERT INTO a VALUES (1);", false, DisplayName = "the header says no")]
    [DataRow("INSERT INTO a VALUES (1); ALTER TABLE a ADD c INT;", false, DisplayName = "a statement that commits")]
    [DataRow("START TRANSACTION; CREATE TABLE a (b INT); COMMIT;", false, DisplayName = "a statement that commits in a transaction of its own")]
    [DataRow("SET TRANSACTION READ ONLY; SELECT 1;", false, DisplayName = "a statement that is refused in one")]
    [DataRow("DROP TABLE ${missing; SELECT 'open", false, DisplayName = "a statement that commits before the text goes wrong")]
    [DataRow("SELECT 1; SELECT 'open", true, DisplayName = "what cannot be split is told of by whoever reads it")]
    [DataRow("", true, DisplayName = "nothing")]
    public void Its_statements_decide(string script, bool isTransactional) => Assert.AreEqual(isTransactional, Migration(script).IsTransactional);

    [TestMethod]
    public void A_transaction_around_what_commits_is_run_as_it_is_written() => Assert.AreEqual(
        "START TRANSACTION | CREATE TABLE a (b INT) | COMMIT",
        string.Join(" | ", Migration("START TRANSACTION; CREATE TABLE a (b INT); COMMIT;").ReadStatements().Select(statement => statement.Text)));

    [TestMethod]
    [DataRow("START TRANSACTION; CREATE TABLE a (b INT);", "", DisplayName = "what commits ends it")]
    [DataRow("CREATE TABLE a (b INT); START TRANSACTION; INSERT INTO a VALUES (1);", "MIG2015 1", DisplayName = "an open transaction")]
    [DataRow("CREATE TABLE a (b INT); SET autocommit = 0; INSERT INTO a VALUES (1);", "MIG2015 1", DisplayName = "one that a setting opens")]
    [DataRow("CREATE TABLE a (b INT);\nSET autocommit = 0; COMMIT;\nINSERT INTO a VALUES (1);", "MIG2015 3", DisplayName = "one that follows while the setting holds")]
    [DataRow("CREATE TABLE a (b INT);\nSET autocommit = 0; COMMIT; SET NAMES utf8mb4;", "", DisplayName = "a setting that is left with nothing done")]
    [DataRow("CREATE TABLE a (b INT); SET autocommit = 0; INSERT INTO a VALUES (1); SET autocommit = 1; INSERT INTO a VALUES (2);", "", DisplayName = "the setting is taken back")]
    [DataRow("/*!40000 SET autocommit = 0 */; CREATE TABLE a (b INT); INSERT INTO a VALUES (1); COMMIT;", "", DisplayName = "all is committed")]
    public void A_transaction_that_is_left_open_would_be_lost(string script, string problem)
    {
        try
        {
            Migration(script).Check(default);
            Assert.IsEmpty(problem, "It was accepted.");
        }
        catch (Diagnostics.MigrationException found)
        {
            Assert.AreEqual(problem, $"{found.Code} {found.Diagnostics.Single().Location.Line}");
        }
    }

    [TestMethod]
    [DataRow("DELETE FROM a;", true, DisplayName = "statements that a transaction holds")]
    [DataRow("DROP TABLE a;", false, DisplayName = "a statement that commits")]
    [DataRow("-- Transaction: none\nDELETE FROM a;", false, DisplayName = "it says so itself")]
    public void The_statements_of_a_rollback_decide_about_it(string rollback, bool isTransactional)
    {
        _folder.Write("001_a.down.sql", rollback);

        Assert.AreEqual(isTransactional, RollbackScript.Of(new HistoryRow("001_a.sql"), Migration("INSERT INTO a VALUES (1);"))!.IsTransactional);
    }

    [TestMethod]
    public void What_failed_outside_a_transaction_and_would_run_in_one_now_says_how_to_go_on()
    {
        var plan = PlanBehindFirst("INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);");

        Assert.Contains("the rest of it would run inside one: put '-- Transaction: none' at its top", plan.Errors.Single(error => error.Code == "MIG3005").Message);

        Assert.AreEqual("statement 2 (line 2)", PlanBehindFirst("-- Transaction: none\nINSERT INTO a VALUES (1); INSERT INTO a VALUES (2);").Entries.Single().Resume!.ToString());
    }

    [TestMethod]
    public void Tables_that_were_locked_are_locked_again_and_those_that_were_let_go_are_not()
    {
        Assert.AreEqual("", SettingsBehind(3, "LOCK TABLES a WRITE; INSERT INTO a VALUES (1); UNLOCK TABLES; SELECT 1;"));
        Assert.AreEqual("USE b | LOCK TABLES a WRITE", SettingsBehind(3, "LOCK TABLES a WRITE; INSERT INTO a VALUES (1); USE b; SELECT 1;"));
        Assert.AreEqual("LOCK TABLES b WRITE", SettingsBehind(2, "LOCK TABLES a WRITE; LOCK TABLES b WRITE; SELECT 1;"));
    }

    private string SettingsBehind(int done, string script) =>
        string.Join(" | ", PlanBehind(script, done).Entries.Single().Resume!.Settings.Select(setting => setting.Text));

    private MigrationPlan PlanBehindFirst(string script) => PlanBehind(script, 1);

    private MigrationPlan PlanBehind(string script, int done)
    {
        var migration = Migration(script);
        using var tokens = new TokenChecksum();
        foreach (var _ in tokens.Watch(MySqlDialect.Instance.ReadStatements(new StringReader(script), null)).Take(done))
        {
        }

        var row = new HistoryRow(migration.Name, "sha256:failed", Status: HistoryStatus.Failed, StatementsDone: done, TokenChecksum: tokens.SoFar());
        return MigrationPlan.Create(Folder(), new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, [row]), new PlanOptions());
    }

    private Migration Migration(string script)
    {
        _folder.Write("001_a.sql", script);
        return Folder().Migrations.Single();
    }

    private MigrationFolder Folder() => MigrationFolder.Read(_folder.Path, MySqlDialect.Instance, Placeholders.None);
}
