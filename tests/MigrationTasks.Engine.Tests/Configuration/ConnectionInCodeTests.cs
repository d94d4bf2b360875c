using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class ConnectionInCodeTests : IDisposable
{
    private const string Secret = "one:user:s3cret@host";

    private readonly TestFolder _folder = new();
    private readonly AdapterFactory _adapters = new([new FakeDefinition("one", schemes: ["one"]), new FakeDefinition("two", schemes: ["two"])]);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void It_goes_before_every_variable_and_asks_for_none()
    {
        _folder.Write("db/001_a.sql");
        var variables = ConnectionVariables.Create(_folder.Path, null, _ => throw new InvalidOperationException("Nobody should ask for a variable."));

        var folder = new FolderDiscovery(_adapters, variables, _folder.Path, [new DeclaredFolder("db") { Connection = $" {Secret}\n" }], null, _ => { }).Resolve().Single();

        Assert.AreEqual("one", folder.Adapter.Name);
        Assert.AreEqual(Secret, variables.ConnectionOf(folder));
        Assert.AreEqual("DeclaredFolder.Connection", folder.Variable);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(" ")]
    public void Nothing_in_its_place_leaves_it_to_the_variable(string? connection)
    {
        _folder.Write("db/001_a.sql");
        var variables = ConnectionVariables.Create(_folder.Path, null, name => name == "DATABASE_URL" ? "two:here" : null);

        var folder = new FolderDiscovery(_adapters, variables, _folder.Path, [new DeclaredFolder("db") { Connection = connection }], null, _ => { }).Resolve().Single();

        Assert.AreEqual("two", folder.Adapter.Name);
    }

    [TestMethod]
    public void It_is_printed_nowhere()
    {
        var declared = new DeclaredFolder("db", "one") { Connection = Secret };
        _folder.Write("db/001_a.sql");
        var folder = new FolderDiscovery(_adapters, ConnectionVariables.Create(_folder.Path, null), _folder.Path, [declared], null, _ => { }).Resolve().Single();

        Assert.Contains("Path = db", $"{declared}");
        Assert.DoesNotContain("s3cret", $"{declared}{folder}{new WorkflowOptions { ProjectDirectory = _folder.Path, Folders = [declared] }}");
    }

    [TestMethod]
    public async Task Errors_of_all_databases_become_one_exception_when_it_is_asked_for()
    {
        var options = new WorkflowOptions { ProjectDirectory = _folder.Path, Folders = [new DeclaredFolder("nowhere", "one")] };

        var reports = await new MigrationWorkflow(_adapters, options).MigrateAsync();

        Assert.AreEqual("MIG1004", Assert.ThrowsExactly<MigrationException>(reports.EnsureSucceeded).Code);
        Assert.AreSequenceEqual([], Array.Empty<RunReport>().EnsureSucceeded());
    }
}
