using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Lint;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>Folders of one project that would have one history; what becomes of them in a database is in the contract.</summary>
[TestClass]
public sealed class SharedHistoryTests : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeAdapter _adapter = new(MigrationHistory.Absent(HistoryTableName.Default));

    [TestInitialize]
    public void WriteMigrations()
    {
        _folder.Write("migrations/one/001_a.sql", "CREATE TABLE a (x);");
        _folder.Write("one-tool/migrations/001_b.sql", "CREATE TABLE b (x);");
        _folder.Write("more/001_c.sql", "CREATE TABLE c (x);");
    }

    public async ValueTask DisposeAsync()
    {
        await _adapter.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task The_message_has_the_declaration_as_the_project_would_write_it()
    {
        var message = await ProblemAsync(new DeclaredFolder("migrations/one"), new DeclaredFolder("more", "one", "ONE_URL"));

        Assert.StartsWith("migrations/one and more lead to the same database (one at ONE_URL) and have the same history table (schema_migrations)", message);
        Assert.Contains("""<MigrationsFolder Include="more" Database="one" ConnectionStringVariable="ONE_URL" HistoryTable="shop_more_migrations" />""", message);
        Assert.Contains("-p:MigrateDatabase=more", message);
        Assert.EndsWith("""ConnectionStringVariable="…".""", message);
    }

    [TestMethod]
    public async Task Where_two_variables_lead_to_one_database_they_are_named() =>
        Assert.EndsWith("correct LEFT_URL or RIGHT_URL.", await ProblemAsync(_ => "one place", new DeclaredFolder("migrations/one", ConnectionVariable: "LEFT_URL"), new DeclaredFolder("more", "one", "RIGHT_URL")));

    [TestMethod]
    public async Task Folders_that_are_found_by_themselves_are_all_declared()
    {
        _folder.Write("migrations/uno/002_d.sql", "CREATE TABLE d (x);");

        Assert.Contains("""<MigrationsFolder Include="migrations/one" /> <MigrationsFolder Include="migrations/uno" HistoryTable="shop_uno_migrations" />""", await ProblemAsync());
    }

    [TestMethod]
    public async Task Folders_of_one_name_get_histories_of_different_names()
    {
        _folder.Write("more/b/001_d.sql", "CREATE TABLE d (x);");
        _folder.Write("other/b/001_e.sql", "CREATE TABLE e (x);");

        Assert.Contains("HistoryTable=\"shop_b_migrations\"", await ProblemAsync(new DeclaredFolder("migrations/one"), new DeclaredFolder("more/b", "one")));
        Assert.Contains("HistoryTable=\"shop_other_b_migrations\"", await ProblemAsync(new DeclaredFolder("more/b", "one", HistoryTable: "shop_b_migrations"), new DeclaredFolder("other/b", "one", HistoryTable: "shop_b_migrations")));
    }

    [TestMethod]
    public async Task The_folder_that_a_command_does_not_work_on_counts_too()
    {
        var workflow = Workflow(name => name, "more", new DeclaredFolder("migrations/one"), new DeclaredFolder("more", "one"));

        Assert.AreEqual("MIG1055", (await workflow.MigrateAsync()).Single().Errors.Single().Code);
        Assert.AreEqual("MIG1055", (await workflow.GetStatusAsync()).Single().Errors.Single().Code);
        Assert.AreEqual("MIG1055", (await workflow.RollBackAsync(new())).Single().Errors.Single().Code);
        Assert.AreEqual("MIG1055", (await workflow.ValidateAsync(new LintOptions())).Single().Errors.Single().Code);
        Assert.DoesNotContain(call => call.StartsWith("apply", StringComparison.Ordinal), _adapter.Calls);
    }

    [TestMethod]
    [DataRow("ONE_URL", "shop_migrations", DisplayName = "another table")]
    [DataRow("OTHER_URL", null, DisplayName = "another database")]
    [DataRow("UNSET", null, DisplayName = "nobody knows which database")]
    public async Task Others_have_nothing_in_common(string variable, string? table) =>
        Assert.AreEqual("", await ErrorsAsync(name => name is "UNSET" or "UNSET_FILE" ? null : name, new DeclaredFolder("migrations/one"), new DeclaredFolder("more", "one", variable, table)));

    [TestMethod]
    public async Task One_folder_for_two_databases_that_are_one_is_the_same_folder() =>
        Assert.AreEqual("", await ErrorsAsync(_ => "one place", new DeclaredFolder("migrations/one", ConnectionVariable: "LEFT_URL"), new DeclaredFolder("migrations/one", ConnectionVariable: "RIGHT_URL")));

    [TestMethod]
    public async Task What_cannot_be_looked_at_is_left_to_the_run()
    {
        _adapter.WhenConnecting = _ => throw Errors.NoFolder("the server is away", []);

        Assert.DoesNotContain("MIG1055", await ErrorsAsync(name => name, new DeclaredFolder("migrations/one"), new DeclaredFolder("more", "one")));
    }

    private Task<string> ProblemAsync(params DeclaredFolder[] folders) => ProblemAsync(name => name, folders);

    private async Task<string> ProblemAsync(Func<string, string?> environment, params DeclaredFolder[] folders)
    {
        var problem = (await Workflow(environment, null, folders).MigrateAsync()).Single().Errors.Single();
        Assert.AreEqual("MIG1055", problem.Code);
        return problem.Message;
    }

    private async Task<string> ErrorsAsync(Func<string, string?> environment, params DeclaredFolder[] folders) =>
        string.Join(", ", (await Workflow(environment, null, folders).ValidateAsync(new LintOptions())).SelectMany(report => report.Errors));

    private MigrationWorkflow Workflow(Func<string, string?> environment, string? database, params DeclaredFolder[] folders) => new(
        new AdapterFactory([new FakeDefinition("one", ["uno"], adapter: _adapter)]),
        new WorkflowOptions { ProjectDirectory = _folder.Path, ProjectName = "Shop", Folders = folders, Database = database, Environment = environment });
}
