using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.Profile;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>
/// What a run calls is compiled when the package is made, not at each start. With <c>MIGRATIONTASKS_ACCEPT=true</c>
/// <c>startup.txt</c> is written anew, with what the runs have found compiled ahead and what they had to compile: <c>bash tests/profile.sh</c>.
/// </summary>
[TestClass]
public sealed class StartupTests
{
    /// <summary>How many methods a run may compile. What remains is code that the compiler cannot make ahead, such as that of generic virtual methods.</summary>
    private const int Bound = 150;

    private static readonly bool IsRecording = Environment.GetEnvironmentVariable("MIGRATIONTASKS_ACCEPT") == "true";

    [TestMethod]
    public async Task A_run_compiles_hardly_anything_of_the_package()
    {
        var postgreSql = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var shop = await postgreSql.CreateDatabaseAsync();
        var mariaDb = await Require.ServerAsync(Servers.MySqlAsync);
        await using var catalogue = await mariaDb.CreateDatabaseAsync();
        using var consumer = new Consumer().Project("Shop");
        var runs = new List<List<(string Type, string Method)>>();

        foreach (var (database, variable, url) in new[] { ("sqlite", "SQLITE_URL", $"sqlite:{consumer.Database}"), ("postgresql", "DATABASE_URL", shop.Url), ("mysql", "MYSQL_URL", catalogue.Url) })
        {
            consumer.Environment[variable] = url;
            foreach (var number in Enumerable.Range(1, 3))
            {
                consumer.Write($"Shop/migrations/{database}/{number:000}_items.sql", $"CREATE TABLE items_{number} (id integer PRIMARY KEY);\nINSERT INTO items_{number} (id) VALUES (1), (2);\n");
            }

            runs.Add(Run(consumer, "Migrate", "3 migrations applied"));
            runs.Add(Run(consumer, "Migrate", "up to date (3 applied)"));
            runs.Add(Run(consumer, "MigrateStatus", "3 applied, 0 pending"));
            Directory.Delete(consumer.PathOf("Shop/migrations"), recursive: true);
        }

        if (IsRecording)
        {
            StartupProfile.Write(Path.Combine(PackedPackage.Repository, "src/MigrationTasks/startup.txt"), runs.SelectMany(run => run));
            return;
        }

        foreach (var run in runs)
        {
            Assert.IsLessThanOrEqualTo(Bound, run.Count, $"{run.Count} methods of the package were compiled at run time. bash tests/profile.sh records anew what a run calls.\n{string.Join('\n', run)}");
        }
    }

    private static List<(string Type, string Method)> Run(Consumer consumer, string target, string result)
    {
        using var output = new TemporaryFolder();
        consumer.Environment["DOTNET_STARTUP_HOOKS"] = Path.Combine(PackedPackage.Repository, "src/MigrationTasks.Profile/bin/Release/net10.0/MigrationTasks.Profile.dll");
        consumer.Environment["MIGRATIONTASKS_PROFILE_FOLDER"] = consumer.PathOf($".packages/migrationtasks/{PackedPackage.Version}/tools/net10.0");
        consumer.Environment["MIGRATIONTASKS_PROFILE_OUTPUT"] = output.Path;
        consumer.Dotnet("build", "Shop", $"-t:{target}", "-restore").Succeeded().Says(result);
        // The process of the task may outlive the build for a moment.
        Assert.IsTrue(SpinWait.SpinUntil(() => Directory.EnumerateFiles(output.Path, "*.found").Any(), TimeSpan.FromMinutes(1)), "Nothing of the package was found compiled ahead.");
        return [.. Directory.EnumerateFiles(output.Path, IsRecording ? "*" : "*.compiled").SelectMany(StartupProfile.Read)];
    }
}
