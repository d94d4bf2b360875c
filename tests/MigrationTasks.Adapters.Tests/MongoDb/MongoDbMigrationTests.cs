using MigrationTasks.ContractTests;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What becomes of files before there is a server: plans, rollbacks, and where a run would go on.</summary>
[TestClass]
public sealed class MongoDbMigrationTests : IDisposable
{
    private const string Insert = """{ "insert": "a", "documents": [ { "n": 1 } ] }""";
    private const string Create = """{ "create": "a" }""";

    private readonly MigrationProject _project = new(new MongoDbDefinition(), "mongodb://localhost/app");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow(Insert, true)]
    [DataRow($"[{Insert}, {Insert}]", true)]
    [DataRow($"[{Insert}, {Create}]", false)]
    [DataRow($$"""[{ "$migration": { "transaction": "none" } }, {{Insert}}]""", false)]
    [DataRow("", true)]
    public void The_commands_decide_whether_a_migration_runs_in_a_transaction(string text, bool isTransactional) =>
        Assert.AreEqual(isTransactional, Read(("001_a.json", text)).Single().IsTransactional);

    [TestMethod]
    public void The_commands_of_a_rollback_decide_for_it()
    {
        var migration = Read(("001_a.json", $$"""[{ "$migration": { "rollback": { "drop": "a" } } }, {{Insert}}]"""), ("002_b.json", Create), ("002_b.down.json", """{ "delete": "a", "deletes": [] }"""));

        Assert.AreEqual("False, True", string.Join(", ", migration.Select(one => RollbackScript.Of(new HistoryRow(one.Name), one)!.IsTransactional)));
    }

    [TestMethod]
    public void A_run_goes_on_behind_what_stands_where_the_server_has_no_transactions()
    {
        var migration = Read(("001_a.json", $"[\n{Insert},\n{Insert},\n{Create.Replace("create", "drop", StringComparison.Ordinal)}]")).Single();
        Assert.AreEqual("Ordinary, Ordinary, NeedsNoTransaction", string.Join(", ", migration.ReadStatements().Select(statement => statement.Kind)));
        var row = new HistoryRow("001_a.json", migration.Checksum, Status: HistoryStatus.Failed, StatementsDone: 1, TokenChecksum: migration.ReadWithChecksums().First().Checksum);

        var resume = Plan(row).Steps.Single().Resume!;

        Assert.AreEqual((1, 3, true), (resume.StatementsDone, resume.Next!.Line, resume.IsSameFile));
    }

    [TestMethod]
    public void A_migration_that_fits_in_a_transaction_goes_on_too()
    {
        var migration = Read(("001_a.json", $"[\n{Insert},\n{Insert}]")).Single();
        Assert.IsTrue(migration.IsTransactional);
        var row = new HistoryRow("001_a.json", migration.Checksum, Status: HistoryStatus.Running, StatementsDone: 1, TokenChecksum: migration.ReadWithChecksums().First().Checksum);

        Assert.AreEqual("statement 2 (line 3)", Plan(row).Steps.Single().Resume!.ToString());
    }

    [TestMethod]
    public void Text_that_stands_and_was_changed_is_in_the_way()
    {
        var before = Read(("001_a.json", $"[{Insert}, {Insert}]")).Single().ReadWithChecksums().First().Checksum;
        Read(("001_a.json", $"[{Insert.Replace('1', '2')}, {Insert}]"));

        Assert.AreEqual("MIG3005", Plan(new HistoryRow("001_a.json", "sha256:x", Status: HistoryStatus.Failed, StatementsDone: 1, TokenChecksum: before)).Errors.Single().Code);
    }

    [TestMethod]
    public void Layout_is_no_edit_of_an_applied_migration_and_a_value_is_one()
    {
        var applied = HistoryRow.Of(Read(("001_a.json", Insert)).Single(), HistoryStatus.Applied, null);

        Read(("001_a.json", $$"""[ { "$migration": { "description": "one" } }, {{Insert.Replace(" ", "\n", StringComparison.Ordinal)}} ]"""));
        Assert.IsEmpty(Plan(applied).Errors);

        Read(("001_a.json", Insert.Replace('1', '2')));
        Assert.AreEqual("MIG3002", Plan(applied).Errors.Single().Code);
    }

    [TestMethod]
    public async Task What_is_wrong_with_files_is_told_without_a_server()
    {
        _project.Write("001_a.json", """{ "create": "a", }""").Write("002_b.json", "[\n  { \"insert\": \"b\", \"documents\": [ { \"_id\": { \"$oid\": 7 } } ] }\n]").Write("003_c.json", """{ "commitTransaction": 1 }""");

        var report = await _project.ValidateAsync(withDatabase: false);

        Assert.AreEqual("MIG2031 1:18, MIG2034 2:3, MIG2035 1:1", string.Join(", ", report.Errors.Select(error => $"{error.Code} {error.Location.Line}:{error.Location.Column}")));
    }

    [TestMethod]
    public async Task What_may_hurt_a_database_in_use_is_told_without_a_server()
    {
        _project.Write("001_a.json", Create).Write("002_b.json", """
            [
              { "$migration": { "rollback": [], "lint": "ignore MIG5060 this is what it is" } },
              { "drop": "a" }, { "delete": "b", "deletes": [ { "q": {}, "limit": 0 } ] }
            ]
            """);

        var report = await _project.ValidateAsync(withDatabase: false);

        Assert.IsEmpty(report.Errors);
        Assert.AreEqual(
            "001_a.json MIG5060 1:1, 002_b.json MIG5030 3:3, 002_b.json MIG5040 3:20",
            string.Join(", ", report.Warnings.Select(warning => $"{Path.GetFileName(warning.Location.File)} {warning.Code} {warning.Location.Line}:{warning.Location.Column}")));
    }

    [TestMethod]
    public void A_placeholder_cannot_end_its_string()
    {
        _project.Write("001_a.json", """{ "create": "${name}" }""");
        var placeholders = Placeholders.Create([KeyValuePair.Create("name", "a\", \"capped\": true, \"x\": \"")]);

        var statement = MigrationFolder.Read(Path.GetDirectoryName(_project.PathOf("001_a.json"))!, MongoDbLanguage.Instance, placeholders).Migrations.Single().ReadStatements().Single();

        Assert.AreEqual("a\", \"capped\": true, \"x\": \"", MongoDbCommand.Read(statement.Text, default).Document["create"].AsString);
    }

    private IReadOnlyList<Migration> Read(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            _project.Write(name, text);
        }

        return Folder().Migrations;
    }

    private MigrationFolder Folder() => MigrationFolder.Read(Path.GetDirectoryName(_project.PathOf("001_a.json"))!, MongoDbLanguage.Instance, Placeholders.None);

    private MigrationPlan Plan(HistoryRow row) => MigrationPlan.Create(Folder(), new MigrationHistory(Engine.History.HistoryTableName.Default, HistoryTableState.Complete, [row]), new PlanOptions());
}
