using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What the contract writes for MongoDB is what it means to say, as far as that can be told without a server.</summary>
[TestClass]
public sealed class MongoDbDialectTests : IDisposable
{
    private static readonly MongoDbDialect Dialect = new();

    private readonly MigrationProject _project = new(new MongoDbDefinition(), "mongodb://localhost/app");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Every_statement_is_a_command_that_a_transaction_holds_or_does_not()
    {
        string[] inTransaction = [Dialect.Insert("a", 1), Dialect.Insert("log", "it's \"a\""), Dialect.Delete("a", 1), Dialect.Fails, Dialect.Slow(2), .. Dialect.ForeignHistories.Values];
        string[] alone = [Dialect.Create("a", ofText: false), Dialect.Create("log", ofText: true), Dialect.Drop("a"), Dialect.Read("a"), Dialect.Alone, Dialect.HistoryScript];

        CollectionAssert.AreEqual(Enumerable.Repeat(true, inTransaction.Length).ToList(), inTransaction.Select(FitsTransaction).ToList());
        CollectionAssert.AreEqual(Enumerable.Repeat(false, alone.Length).ToList(), alone.Select(FitsTransaction).ToList());

        static bool FitsTransaction(string statement) => MongoDbCommand.Read(statement, default).FitsTransaction;
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void A_script_reads_as_it_was_put_together(bool isUntransacted, bool hasRollback)
    {
        var rollback = Script(Dialect.Delete("a", 1), Dialect.Delete("a", 2));
        var script = new ContractScript(Dialect, Dialect.Insert("a", 1), Dialect.Fails, Dialect.Insert("a", 2)) { IsUntransacted = isUntransacted, Rollback = hasRollback ? rollback : null };

        var migration = Read("001_a", script);

        Assert.AreEqual(!isUntransacted, migration.IsTransactional);
        Assert.AreEqual(string.Join('\n', script.Statements), string.Join('\n', migration.ReadStatements().Select(statement => statement.Text)));
        AssertPlaces("001_a", migration.ReadStatements());
        Assert.AreEqual(hasRollback ? string.Join('\n', rollback.Statements) : null, StatementsOf(migration));
    }

    [TestMethod]
    public void A_rollback_in_a_file_of_its_own_reads_as_it_was_put_together()
    {
        var rollback = Script(Dialect.Alone, Dialect.Drop("a")) + new ContractScript(Dialect) { IsUntransacted = true };
        _project.Write("001_a.down", rollback);

        var migration = Read("001_a", Script(Dialect.Create("a", ofText: false)));

        Assert.AreEqual(string.Join('\n', rollback.Statements), StatementsOf(migration));
        AssertPlaces("001_a.down", RollbackScript.Of(new HistoryRow("001_a.json"), migration)!.ReadStatements());
        Assert.IsFalse(RollbackScript.Of(new HistoryRow("001_a.json"), migration)!.IsTransactional);
    }

    private static ContractScript Script(params string[] statements) => new(Dialect, statements);

    private static string? StatementsOf(Migration migration) => RollbackScript.Of(new HistoryRow(migration.Name), migration) is { } rollback
        ? string.Join('\n', rollback.ReadStatements().Select(statement => statement.Text))
        : null;

    private Migration Read(string name, ContractScript script)
    {
        _project.Write(name, script);
        return MigrationFolder.Read(Path.GetDirectoryName(_project.FileOf(name))!, MongoDbLanguage.Instance, Placeholders.None).Migrations.Single();
    }

    private void AssertPlaces(string name, IEnumerable<ScriptStatement> statements)
    {
        foreach (var (index, statement) in statements.Index())
        {
            Assert.AreEqual(_project.PlaceOf(name, index + 1), new SourceLocation(_project.FileOf(name), statement.Line, statement.Column));
        }
    }
}
