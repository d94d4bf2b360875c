using System.IO.Compression;
using System.Reflection;
using DuckDB.NET.Data;
using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>
/// The sample of an adapter, copied out of this repository, as somebody else's would be built: from the packages of a feed, packed
/// itself, and used by a project that knows both only by their names.
/// </summary>
[TestClass]
public sealed class CustomAdapterTests
{
    private const string Package = "MigrationTasks.DuckDb.Sample";

    private static Consumer _consumer = null!;

    private static string Feed => _consumer.PathOf("CustomAdapter/packages");

    [ClassInitialize]
    public static void Pack(TestContext _)
    {
        _consumer = new Consumer(onlyLocal: false);
        Copy(Path.Combine(PackedPackage.Repository, "samples/CustomAdapter"), _consumer.PathOf("CustomAdapter"));
        Directory.CreateDirectory(Feed);
        foreach (var package in Directory.GetFiles(PackedPackage.Folder, "*.nupkg"))
        {
            File.Copy(package, Path.Combine(Feed, Path.GetFileName(package)));
        }

        Dotnet("pack", "CustomAdapter/Adapter", "-o", "CustomAdapter/packages", $"-p:AdapterRuntimes={Runtime}").Succeeded();
    }

    [ClassCleanup]
    public static void Remove() => _consumer.Dispose();

    [TestMethod]
    public void Its_package_brings_all_that_it_needs_but_the_engine()
    {
        using var package = ZipFile.OpenRead(Path.Combine(Feed, $"{Package}.{PackedPackage.Version}.nupkg"));
        var entries = package.Entries.Select(entry => entry.FullName).ToList();

        Assert.IsEmpty(new[] { $"adapter/{Package}.dll", $"adapter/{Package}.deps.json", "adapter/DuckDB.NET.Data.dll", $"build/{Package}.props", $"buildMultiTargeting/{Package}.props", $"buildTransitive/{Package}.props" }.Except(entries));
        Assert.Contains(entry => entry.StartsWith($"adapter/runtimes/{Runtime}/native/", StringComparison.Ordinal), entries);
        Assert.IsEmpty(entries.Where(entry => Path.GetFileName(entry) is "MigrationTasks.Engine.dll" or "DotNetEnv.dll"));
    }

    [TestMethod]
    public async Task A_project_that_references_it_has_one_more_database()
    {
        var database = _consumer.PathOf("shop.duckdb");
        _consumer.Environment["DUCKDB_URL"] = $"duckdb:{database}";

        Dotnet("build", "CustomAdapter/Shop", "-t:Migrate").Succeeded().Says($"Shop -> duckdb {database}: 3 migrations applied in ");
        Dotnet("build", "CustomAdapter/Shop", "-t:Migrate", "--no-restore").Succeeded().Says("up to date (3 applied)");
        Dotnet("build", "CustomAdapter/Shop", "-t:MigrateStatus", "--no-restore").Succeeded().Says("001_create_sales.sql");
        await using (var connection = new DuckDBConnection($"Data Source={database}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT (SELECT count(*) FROM sales) || ' sales in ' || count(DISTINCT month) || ' months; ' || (SELECT string_agg(migration_name, ' ' ORDER BY migration_name) FROM schema_migrations) FROM sales_by_month";
            Assert.AreEqual("100 sales in 4 months; 001_create_sales.sql 002_first_sales.sql R__sales_by_month.sql", await command.ExecuteScalarAsync());
        }

        _consumer.Write("CustomAdapter/Shop/migrations/duckdb/003_wrong.sql", "-- a typing error\nSELECT nope\nFROM sales;\n");
        Dotnet("build", "CustomAdapter/Shop", "-t:Migrate", "--no-restore").Failed("MIG4005").Says("003_wrong.sql(2,8): error MIG4005: ");
        Dotnet("build", "CustomAdapter/Shop", "-t:MigrateDryRun", "--no-restore").Failed("MIG3030");
    }

    [TestMethod]
    public void A_project_with_several_frameworks_and_one_that_references_it_have_it_too()
    {
        _consumer.Environment["DUCKDB_URL"] = $"duckdb:{_consumer.PathOf("several.duckdb")}";
        const string References = $"<ItemGroup><PackageReference Include=\"{Package}\" Version=\"{PackedPackage.Version}\" /></ItemGroup>";
        _consumer
            .Project("Several", "net10.0;net9.0", References)
            .Project("Above", body: "<ItemGroup><ProjectReference Include=\"../Several/Several.csproj\" /></ItemGroup>")
            .Write("Several/migrations/duckdb/001_a.sql", "CREATE TABLE a (id INTEGER);")
            .Write("Above/migrations/duckdb/002_b.sql", "CREATE TABLE b (id INTEGER);")
            .Write("Directory.Build.props", $"<Project><PropertyGroup><RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources></PropertyGroup></Project>");

        Dotnet("build", "Several", "-t:Migrate", "-restore").Succeeded().Says("Several -> duckdb").Says("1 migration applied in ");
        // Two projects in one history are refused, in a database of somebody else's adapter too: each needs one of its own.
        Dotnet("build", "Above", "-t:Migrate", "-restore").Failed("MIG3036").Says("HistoryTable=\"above_migrations\"");
        _consumer.Environment["DUCKDB_URL"] = $"duckdb:{_consumer.PathOf("above.duckdb")}";
        Dotnet("build", "Above", "-t:Migrate").Succeeded().Says("Above -> duckdb").Says("1 migration applied in ");
    }

    // Without the two tests of sizes, which take as long as all others.
    [TestMethod]
    public void It_keeps_the_contract_of_every_adapter()
    {
        var result = Dotnet("run", "--project", "CustomAdapter/Adapter.Tests", $"-p:AdapterRuntimes={Runtime}", "--", "--progress", "off", "--no-ansi", "--filter", "Name!~50_megabytes&Name!~Very_many").Succeeded();

        result.Says("failed: 0").Says("skipped: 0");
    }

    // The name of this machine's kind, as DuckDB calls it.
    private static string Runtime { get; } = typeof(CustomAdapterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DuckDbRuntime").Value!;

    private static BuildResult Dotnet(params IEnumerable<string> arguments) => _consumer.Dotnet(arguments.Take(1).Concat(arguments.Skip(1).TakeWhile(argument => argument != "--")).Append($"-p:MigrationTasksVersion={PackedPackage.Version}").Concat(arguments.SkipWhile(argument => argument != "--")));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "packages"))
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, relative))!);
            File.Copy(file, Path.Combine(to, relative));
        }
    }
}
