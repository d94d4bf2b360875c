using MigrationTasks.ContractTests;
using MigrationTasks.Engine.History;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>Scripts of dry runs that mongosh runs on a server; <see cref="MongoShellScriptTests"/> are about what needs none.</summary>
/// <remarks>
/// npm has mongosh too, but these tests do not install it: 462 packages with 153 MB (2.12, measured), which take more than half a minute where nothing else runs. Without a server it could
/// only run against the same recorder as there, where node and the package that it reads Extended JSON with, of 2 MB, do.
/// </remarks>
public sealed partial class MongoDbContract
{
    private ContractDatabase? _twin;

    protected override bool TestsScripts => true;

    public override async ValueTask DisposeAsync()
    {
        if (_twin is not null)
        {
            await _twin.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public async Task A_script_does_what_a_run_does()
    {
        _twin = await CreateDatabaseAsync();
        using var twin = new MigrationProject(Definition, _twin.Connection);
        foreach (var project in new[] { Project, twin })
        {
            project.Write("001_a", Create("a") + Insert("a", 1)).Write("002_b", Insert("a", 2) + Insert("a", 3)).Write("003_c", Untransacted + Insert("a", 4)).Write("R__d", Insert("a", 5));
        }

        (await Project.MigrateAsync()).Succeeded();
        Runs(_twin, await ScriptAsync(twin));

        string[] columns = [.. HistorySchema.Columns.Except([HistorySchema.ExecutedAt, HistorySchema.Duration])];
        Assert.AreEqual(string.Join('\n', await Database.ReadAsync("schema_migrations", columns)), string.Join('\n', await _twin.ReadAsync("schema_migrations", columns)));
        Assert.AreEqual("1, 2, 3, 4, 5", string.Join(", ", await _twin.ReadAsync("a", "id")));
        Assert.IsEmpty(await _twin.ReadAsync("schema_migrations_lock"));
        (await twin.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_script_refuses_to_run_twice()
    {
        var script = await ScriptAsync(Project.Write("001_a", Insert("a", 1)));
        Runs(Database, script);
        Stops(Database, script);

        var next = await ScriptAsync(Project.Write("002_b", Insert("a", 2)).Write("R__r", Insert("a", 3)));
        Runs(Database, next);
        Stops(Database, next);

        await ValuesAreAsync("a", 1, 2, 3);
    }

    [TestMethod]
    public async Task A_script_stops_at_the_first_error_and_a_run_goes_on_from_there()
    {
        var script = await ScriptAsync(Project.Write("001_a", Create("a")).Write("002_b", Create("b") + Fails).Write("003_c", Create("c")));

        Assert.Contains("nope", Stops(Database, script));

        await HistoryIsAsync("001_a|applied", "002_b|failed");
        await NoTableAsync("c");
        (await Project.Write("002_b", Create("b")).MigrateAsync()).Applied("002_b", "003_c");
    }

    [TestMethod]
    public async Task A_dry_run_writes_nothing_of_a_migration_without_a_statement()
    {
        var script = (await Project.Write($"001_later{Definition.Language.FileExtension}", Definition.Language.StartFile("nothing yet", new DateOnly(2026, 1, 2))).DryRunAsync()).Succeeded();

        Assert.AreEqual((0, 1), (script.Scripted.Count, script.Empty));
    }

    private static async Task<string> ScriptAsync(MigrationProject project) => (await project.DryRunAsync()).Succeeded().ScriptFile!;

    private static void Runs(ContractDatabase database, string script)
    {
        var (exitCode, output) = Require.Server(() => MongoShellProgram.Run(database.Connection, script));
        Assert.AreEqual(0, exitCode, output);
    }

    private static string Stops(ContractDatabase database, string script)
    {
        var (exitCode, output) = Require.Server(() => MongoShellProgram.Run(database.Connection, script));
        Assert.AreNotEqual(0, exitCode, output);
        return output;
    }
}
