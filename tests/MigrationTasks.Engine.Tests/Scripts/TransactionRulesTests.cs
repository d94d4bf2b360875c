using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class TransactionRulesTests
{
    [TestMethod]
    [DataRow("a; b;")]
    [DataRow("begin; a; b; commit;")]
    [DataRow("-- header\nBEGIN TRANSACTION; /* c */ ; a; b;; END -- done\n;\n-- bye")]
    [DataRow("a; begin; b; commit;")]
    [DataRow("begin; a; commit; b;")]
    [DataRow("begin; a; commit; begin; b; commit;")]
    [DataRow("start transaction; commit; a; begin work; b; end transaction;")]
    public void A_script_in_its_own_transaction_runs_as_if_it_had_none(string script) =>
        CollectionAssert.AreEqual(new[] { "a", "b" }, Apply(script));

    [TestMethod]
    [DataRow("begin; commit;")]
    [DataRow("-- nothing")]
    [DataRow("")]
    public void A_script_may_hold_nothing_to_run(string script) => Assert.IsEmpty(Apply(script));

    [TestMethod]
    [DataRow(" begin; a;", "(1,2)")]
    [DataRow("begin; begin; commit;", "(1,8)")]
    [DataRow("begin; a; rollback;", "(1,11)")]
    [DataRow("a; begin isolation level serializable; b; commit;", "(1,4)")]
    [DataRow("begin; a; commit and chain;", "(1,11)")]
    public void Any_other_transaction_control_is_refused_where_it_stands(string script, string place) =>
        Assert.AreEqual($"MIG2007 /m/1.sql{place}", ScriptText.Problem(() => Apply(script)));

    [TestMethod]
    [DataRow("a; vacuum;", "MIG2008 /m/1.sql(1,4)")]
    [DataRow("begin;\nvacuum; commit;", "MIG2008 /m/1.sql(2,1)")]
    [DataRow("begin read only; a; commit;", "MIG2040 /m/1.sql(1,1)")]
    [DataRow("a; set transaction read only, isolation level serializable", "MIG2040 /m/1.sql(1,4)")]
    [DataRow("a; copy t to stdout", "MIG2009 /m/1.sql(1,4)")]
    public void What_cannot_run_in_the_transaction_is_refused(string script, string problem) =>
        Assert.AreEqual(problem, ScriptText.Problem(() => Apply(script)));

    [TestMethod]
    [DataRow("a;\n-- migrate:down\nb;", "MIG2019 /m/1.sql(2,1)")]
    [DataRow("-- +goose Up\na;\n\n  --   +goose down\n-- +goose StatementBegin\nb;", "MIG2019 /m/1.sql(4,3)")]
    [DataRow("a;\n-- Down Migration\nb;", "MIG2019 /m/1.sql(2,1)")]
    [DataRow("-- +migrate Down\nb;", "MIG2019 /m/1.sql(1,1)")]
    public void The_part_of_another_tool_that_undoes_the_rest_is_refused(string script, string problem)
    {
        Assert.AreEqual(problem, ScriptText.Problem(() => Apply(script)));
        Assert.AreEqual(problem, ScriptText.Problem(() => Apply(script, transactional: false)));
    }

    [TestMethod]
    [DataRow("a; b;\n-- migrate:down\n")]
    [DataRow("a; b;\n-- +goose Down\n-- DROP TABLE a;")]
    [DataRow("-- Down migration: drop the table\na; b;")]
    [DataRow("/* -- migrate:down */ a; b;")]
    public void Where_nothing_of_it_would_run_it_is_a_comment(string script) => CollectionAssert.AreEqual(new[] { "a", "b" }, Apply(script));

    [TestMethod]
    public void The_message_names_the_statement() => Assert.StartsWith(
        "CREATE INDEX CONCURRENTLY cannot run inside a transaction",
        Assert.ThrowsExactly<Diagnostics.MigrationException>(() => Apply("create index concurrently i on t (a)")).Message);

    [TestMethod]
    public void Without_a_transaction_everything_but_empty_statements_passes() => CollectionAssert.AreEqual(
        new[] { "begin", "vacuum", "rollback", "commit and chain", "a" },
        Apply("begin; vacuum; rollback;; commit and chain; a; -- b", transactional: false));

    [TestMethod]
    public void Rows_for_a_client_are_refused_without_a_transaction_too() =>
        Assert.AreEqual("MIG2009 /m/1.sql(1,4)", ScriptText.Problem(() => Apply("a; copy t to stdout", transactional: false)));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Rows_pass_where_the_database_takes_them(bool transactional)
    {
        const string Script = "a; copy t from stdin;\n1\t'\n\\.\nb;";
        CollectionAssert.AreEqual(new[] { "a", "copy t from stdin", "b" }, Apply(Script, transactional));
        Assert.AreEqual(
            "MIG2009 /m/1.sql(1,4)",
            ScriptText.Problem(() => Apply(Script, transactional, SqliteDialect.Instance)));
    }

    [TestMethod]
    [DataRow("a; begin; select lo_open(1, 2); b; commit; c")]
    [DataRow("a; begin; select lo_open(1, 2); b; commit; begin; select pg_catalog.lo_open(1, 2); commit; c")]
    [DataRow("begin; select lo_open(1, 2); b; commit; c")]
    [DataRow("begin; select lo_open(1, 2); commit")]
    public void A_part_that_is_wrapped_for_the_sake_of_a_large_object_runs_as_if_it_was_not(string script) =>
        Assert.IsEmpty(Apply(script).Intersect(["begin", "commit"]));

    [TestMethod]
    [DataRow("a; begin; select lo_open(1, 2);", "(1,4)")]
    [DataRow("a; begin; select lo_open(1, 2); begin; commit", "(1,33)")]
    [DataRow("a; begin; select lo_open(1, 2); rollback", "(1,33)")]
    public void Other_transactions_with_large_objects_are_refused_where_they_stand(string script, string place) =>
        Assert.AreEqual($"MIG2007 /m/1.sql{place}", ScriptText.Problem(() => Apply(script)));

    [TestMethod]
    public void A_commit_without_a_transaction_is_passed_over_where_the_database_does_so()
    {
        CollectionAssert.AreEqual(new[] { "a", "b" }, Apply("a; commit; b; end; commit;"));
        CollectionAssert.AreEqual(new[] { "vacuum", "begin", "b", "commit" }, Apply("commit; vacuum; begin; b; commit; commit;", transactional: false));
        Assert.AreEqual("MIG2007 /m/1.sql(1,4)", ScriptText.Problem(() => Apply("a; commit; b", dialect: SqliteDialect.Instance)));
    }

    [TestMethod]
    public void What_says_how_the_transaction_begins_is_no_statement_of_its_own() => CollectionAssert.AreEqual(
        new[] { "set search_path = x", "a" },
        Apply("set search_path = x; begin isolation level serializable; set transaction read write; a; commit"));

    [TestMethod]
    public void Savepoints_are_the_scripts_own() => CollectionAssert.AreEqual(
        new[] { "savepoint s", "a", "rollback to s", "release s" }, Apply("savepoint s; a; rollback to s; release s;"));

    [TestMethod]
    public void Statements_come_out_before_the_rest_is_read()
    {
        var statements = PostgreSqlDialect.Instance.ReadStatements(new StringReader("a; commit"), ScriptText.File);
        Assert.AreEqual("a", TransactionRules.Apply(statements, transactional: true, ScriptText.File).First().Text);
    }

    private static List<string> Apply(string script, bool transactional = true, SqlDialect? dialect = null) =>
    [
        .. TransactionRules.Apply((dialect ?? PostgreSqlDialect.Instance).ReadStatements(new StringReader(script), ScriptText.File), transactional, ScriptText.File)
            .Select(statement => statement.Text),
    ];
}
