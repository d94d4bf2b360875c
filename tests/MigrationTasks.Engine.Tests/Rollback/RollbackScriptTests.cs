using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Rollback;

[TestClass]
public sealed class RollbackScriptTests : IDisposable
{
    private static readonly HistoryRow Row = new("001_a.sql");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_place_in_a_header_is_a_place_in_the_file()
    {
        var script = OfHeader("-- Migration: a\n--\tRollback: DROP\n--   TABLE /* 😀 */ a;\n-- DROP TABLE b;\n");

        var statements = script.ReadStatements().ToList();

        Assert.AreEqual("DROP\nTABLE /* 😀 */ a", statements[0].Text);
        Assert.AreEqual(At(2, 14), script.Locate(statements[0].LocationOf(script.Location.File, 1)));
        Assert.AreEqual(At(3, 21), script.Locate(statements[0].LocationOf(script.Location.File, 21)));
        Assert.AreEqual(At(4, 4), script.Locate(statements[1].LocationOf(script.Location.File, 1)));
        Assert.AreEqual(At(2, 14), script.Location);
    }

    [TestMethod]
    public void A_place_in_a_header_is_as_written_whatever_stands_for_placeholders()
    {
        var placeholders = Placeholders.Create([KeyValuePair.Create("schema", "a_rather_long_name")]);

        var script = OfHeader("-- Rollback: DROP TABLE ${schema}.a; DROP TABLE b;\n", placeholders);

        var statements = script.ReadStatements().ToList();
        Assert.AreEqual("DROP TABLE a_rather_long_name.a", statements[0].Text);
        Assert.AreEqual(At(1, 38), script.Locate(statements[1].LocationOf(script.Location.File, 1)));
    }

    [TestMethod]
    public void What_cannot_be_split_is_told_at_its_place_in_the_header()
    {
        var script = OfHeader("\n-- Rollback:\n--   DROP TABLE a; SELECT 'open;\n");

        var problem = Assert.ThrowsExactly<MigrationException>(() => script.ReadStatements().Count()).Diagnostics.Single();

        Assert.AreEqual(("MIG2004", At(3, 27)), (problem.Code, problem.Location));
    }

    [TestMethod]
    [DataRow("", "DROP TABLE a;", true, DisplayName = "a transactional migration, a rollback that can be")]
    [DataRow("-- Transaction: none\n", "DROP TABLE a;", true, DisplayName = "what can run in a transaction does")]
    [DataRow("-- Transaction: none\n", "DROP TABLE a; VACUUM;", false, DisplayName = "what cannot does not, like its migration")]
    [DataRow("-- Transaction: none\n", "DROP TABLE 'a; VACUUM;", true, DisplayName = "what cannot be split is told of by whoever reads it")]
    public void A_header_runs_in_a_transaction_unless_it_cannot_and_its_migration_does_not(string header, string rollback, bool isTransactional) =>
        Assert.AreEqual(isTransactional, OfHeader($"{header}-- Rollback: {rollback}\n").IsTransactional);

    [TestMethod]
    [DataRow("-- Transaction: none\nDROP TABLE a;", 0, false, DisplayName = "it says so itself")]
    [DataRow("DROP TABLE a; VACUUM;", 0, true, DisplayName = "the migration ran in a transaction")]
    [DataRow("DROP TABLE a; VACUUM;", 1, false, DisplayName = "the migration counted its statements")]
    public void The_historys_sql_tells_the_same(string text, int statementsDone, bool isTransactional) =>
        Assert.AreEqual(isTransactional, RollbackScript.Of(Row with { Rollback = text, StatementsDone = statementsDone }, SqliteDialect.Instance, _folder.Path)!.IsTransactional);

    [TestMethod]
    public void A_statement_that_its_transaction_forbids_is_told_at_its_place_in_the_header()
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => OfHeader("-- Rollback: DROP TABLE a;\n--  VACUUM;\n").ReadStatements().Count()).Diagnostics.Single();

        Assert.AreEqual(("MIG2008", At(2, 5)), (problem.Code, problem.Location));
    }

    [TestMethod]
    public void A_rollback_file_has_a_header_of_its_own()
    {
        _folder.Write("001_a.sql", "SELECT 1;");
        _folder.Write("001_a.down.sql", "-- Transaction: perhaps\nDROP TABLE a;");

        var problem = Assert.ThrowsExactly<MigrationException>(() => MigrationFolder.Read(_folder.Path, SqliteDialect.Instance, Placeholders.None)).Diagnostics.Single();

        Assert.AreEqual(("MIG2010", new SourceLocation(_folder.PathOf("001_a.down.sql"), 1)), (problem.Code, problem.Location));
    }

    private SourceLocation At(int line, int column) => new(_folder.PathOf("001_a.sql"), line, column);

    private RollbackScript OfHeader(string header, Placeholders? placeholders = null)
    {
        _folder.Write("001_a.sql", header + "\nSELECT 1;");
        return RollbackScript.Of(Row, MigrationFolder.Read(_folder.Path, SqliteDialect.Instance, placeholders ?? Placeholders.None).Migrations.Single())!;
    }
}
