using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class FolderDiscoveryTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Diagnostic> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_folder_named_like_a_database_is_one()
    {
        _folder.Write("migrations/two/001_a.sql");
        _folder.Write("migrations/uno/001_a.sql");
        _folder.Write("migrations/notes/readme.md");

        Assert.AreEqual("two TWO_URL schema_migrations, one ONE_URL schema_migrations", Resolve());
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Migrations_in_a_folder_that_is_no_database_are_warned_of()
    {
        _folder.Write("migrations/one/001_a.sql");
        _folder.Write("migrations/onne/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
        Assert.AreEqual(("MIG1014", _folder.PathOf("migrations/onne")), (_warnings.Single().Code, _warnings.Single().Location.File));
    }

    [TestMethod]
    public void A_declared_folder_says_what_it_needs()
    {
        _folder.Write("db/001_a.sql");

        Assert.AreEqual("two MINE app.history", Resolve(declared: new DeclaredFolder("db/", "two", "MINE", "app.history")));
    }

    [TestMethod]
    public void A_folder_whose_name_says_nothing_goes_by_its_connection()
    {
        _folder.Write("db/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve(declared: new DeclaredFolder("db"), environment: name => name == "DATABASE_URL" ? "one://host" : null));
        Assert.AreEqual("two MINE schema_migrations", Resolve(declared: new DeclaredFolder("db", ConnectionVariable: "MINE"), environment: name => name == "MINE" ? "two:x" : null));
        Assert.AreEqual("MIG1003", Code(() => Resolve(declared: new DeclaredFolder("db"))));
    }

    [TestMethod]
    public void One_database_can_be_chosen()
    {
        _folder.Write("migrations/two/001_a.sql");
        _folder.Write("migrations/one/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve("UNO"));
        Assert.AreEqual("MIG1003", Code(() => Resolve("three")));
    }

    [TestMethod]
    public void Choosing_a_database_that_the_project_has_not_is_an_error()
    {
        _folder.Write("migrations/two/001_a.sql");

        Assert.AreEqual("MIG1015", Code(() => Resolve("one")));
    }

    [TestMethod]
    public void A_project_without_migrations_is_an_error() => Assert.AreEqual("MIG1005", Code(() => Resolve()));

    [TestMethod]
    public void A_declared_folder_must_exist() => Assert.AreEqual("MIG1004", Code(() => Resolve(declared: new DeclaredFolder("missing", "one"))));

    private static string Code(Action action) => Assert.ThrowsExactly<MigrationException>(action).Code;

    private string Resolve(string? database = null, DeclaredFolder? declared = null, Func<string, string?>? environment = null)
    {
        var adapters = new AdapterFactory([new FakeDefinition("one", ["uno"], ["one"]), new FakeDefinition("two", schemes: ["two"])]);
        var variables = ConnectionVariables.Create(_folder.Path, null, environment ?? (_ => null));
        var folders = new FolderDiscovery(adapters, variables).Resolve(_folder.Path, declared is null ? [] : [declared], database, _warnings.Add);
        return string.Join(", ", folders.Select(folder => $"{folder.Adapter.Name} {folder.Variable} {folder.HistoryTable}"));
    }
}
