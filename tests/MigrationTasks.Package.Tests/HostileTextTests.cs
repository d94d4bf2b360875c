using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>What MSBuild itself makes of hostile text: nothing, on the console, in a terminal, and on the way to the task.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class HostileTextTests
{
    private const string Upload = "##vso[task.uploadsummary]";

    // What the texts would do to a terminal, and MSBuild's own output does not.
    private static readonly string[] Escapes = ["\e[2J", "\e]0;", "\e]8;;http://example.com", "\u009b"];

    [TestMethod]
    public void Names_of_files_are_text_on_the_console_and_in_the_summaries()
    {
        using var consumer = WithHostileNames();
        consumer.Environment["GITHUB_STEP_SUMMARY"] = consumer.PathOf("summary.md");
        consumer.Environment["TF_BUILD"] = "True";
        consumer.Environment["AGENT_TEMPDIRECTORY"] = consumer.PathOf("agent");

        var build = consumer.Dotnet("build", "Shop", "-t:Migrate", "-v:normal").Failed("MIG4005").Says($"failed after {HostileText.FileNames.Count} migrations applied");

        HostileText.IsNotInterpreted(build.Output, Upload);
        Assert.AreEqual(1, build.Count(Upload));
        HostileText.IsNotInterpreted(File.ReadAllText(consumer.PathOf("summary.md")), "### ");
    }

    [TestMethod]
    public void Names_of_files_are_text_in_a_terminal()
    {
        using var consumer = WithHostileNames();

        var build = consumer.DotnetInTerminal("build Shop -t:Migrate").Says("error MIG4005").Says(HostileText.Mark);

        HostileText.IsNotInterpreted(build.Output);
        foreach (var escape in Escapes)
        {
            Assert.DoesNotContain(escape, build.Raw);
        }
    }

    [TestMethod]
    public async Task What_a_server_says_is_text_at_any_verbosity()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        using var consumer = new Consumer().Project("Shop");
        consumer.Environment["DATABASE_URL"] = database.Url;
        var raised = string.Concat(HostileText.All.Values.SelectMany(text => new[] { "NOTICE", "WARNING", "INFO" }.Select(level => Raise(level, text))));
        consumer.Write("Shop/migrations/postgresql/001_a.sql", $"DO $body$ BEGIN {raised} END $body$;");
        consumer.Write("Shop/migrations/postgresql/002_b.sql", $"DO $body$ BEGIN {Raise("EXCEPTION", string.Concat(HostileText.All.Values))} END $body$;");

        var build = consumer.Dotnet("build", "Shop", "-t:Migrate", "-v:detailed").Failed("MIG4005").Says("warning MIG4008").Says("failed after 1 migration applied");

        HostileText.IsNotInterpreted(string.Join('\n', build.Output.Split('\n').Where(line => line.Contains(HostileText.Mark, StringComparison.Ordinal) || line.Contains("::", StringComparison.Ordinal))));
        Assert.DoesNotContain("##", build.Output);
        Assert.IsGreaterThanOrEqualTo(3 * HostileText.All.Count, build.Count(HostileText.Mark));
    }

    [TestMethod]
    public void A_folder_named_with_what_MSBuild_would_evaluate_is_found_under_its_own_name()
    {
        const string Name = "a;b%20c$(Path)@(Compile)%(Identity)'d";
        const string Escaped = "a%3Bb%2520c%24(Path)%40(Compile)%25(Identity)%27d";
        using var consumer = new Consumer()
            .Project("Shop", body: $"""<ItemGroup><MigrationsFolder Include="{Escaped}" Database="sqlite" /></ItemGroup>""")
            .Write($"Shop/{Name}/001_{Name}.sql", "SELECT * FROM missing;");

        consumer.Dotnet("build", "Shop", "-t:Migrate").Failed("MIG4005").Says($"{consumer.PathOf("Shop")}/{Name}/001_{Name}.sql(1,1): error MIG4005: ");
    }

    private static Consumer WithHostileNames()
    {
        var consumer = new Consumer().Project("Shop");
        foreach (var (text, number) in HostileText.FileNames.Values.Select((text, index) => (text, index + 1)))
        {
            consumer.Write($"Shop/migrations/sqlite/{number}_{text}.sql", $"CREATE TABLE t{number} (x);");
        }

        return consumer.Write($"Shop/migrations/sqlite/900_{string.Concat(HostileText.FileNames.Values.Take(3))}.sql", "nonsense;");
    }

    private static string Raise(string level, string text)
    {
        var literal = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return $"RAISE {level} USING MESSAGE = {literal}, DETAIL = {literal}, HINT = {literal};\n";
    }
}
