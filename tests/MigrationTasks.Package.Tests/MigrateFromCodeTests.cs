using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>The example of the README, to the letter, in an application that has the libraries from a feed.</summary>
[TestClass]
public sealed class MigrateFromCodeTests
{
    private static Consumer _application = null!;

    [ClassInitialize]
    public static void Build(TestContext _)
    {
        var (usings, lines) = Example(Path.Combine(PackedPackage.Repository, "src/MigrationTasks.Adapters/README.md"));
        _application = new Consumer(onlyLocal: false)
            .Write("App/Program.cs", $"{usings}\n\nvar connection = args.Length > 0 ? File.ReadAllText(args[0]) : null;\n{lines}")
            .Write("App/App.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
                  <ItemGroup><PackageReference Include="MigrationTasks.Adapters" Version="{PackedPackage.Version}" /></ItemGroup>
                  <ItemGroup><None Update="migrations/**" CopyToOutputDirectory="PreserveNewest" /></ItemGroup>
                </Project>
                """)
            .Write("App/migrations/001_users.sql", "CREATE TABLE users (id INTEGER);")
            .Write("App/migrations/002_orders.sql", "CREATE TABLE orders (id INTEGER);");
        _application.Environment["SQLITE_URL"] = null;
        _application.Dotnet("build", "App").Succeeded();
    }

    [ClassCleanup]
    public static void Remove() => _application.Dispose();

    [TestMethod]
    public void It_is_the_example_of_the_README_too_and_has_ten_lines()
    {
        var (usings, lines) = Example(Path.Combine(PackedPackage.Repository, "README.md"));

        Assert.AreEqual(Example(Path.Combine(PackedPackage.Repository, "src/MigrationTasks.Adapters/README.md")), (usings, lines));
        Assert.IsLessThanOrEqualTo(10, $"{usings}\n{lines}".Split('\n').Length);
    }

    [TestMethod]
    public void It_migrates_SQLite_once()
    {
        var database = _application.PathOf("code.db");

        Run($"sqlite:{database}").Succeeded();
        Run($"sqlite:{database}").Succeeded();

        Assert.IsTrue(File.Exists(database));
    }

    [TestMethod]
    public async Task It_migrates_PostgreSQL_by_a_connection_that_is_in_no_variable()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Run(database.Url).Succeeded();
        Run(database.Url).Succeeded();

        Assert.AreSequenceEqual(["001_users.sql", "002_orders.sql"], await database.RowsAsync("SELECT migration_name FROM schema_migrations ORDER BY 1"));
    }

    [TestMethod]
    public void A_connection_that_cannot_be_used_is_told_without_any_of_it()
    {
        var result = Run("postgres://user:s3cret@127.0.0.1:1/app");

        Assert.AreNotEqual(0, result.ExitCode);
        result.Says("MIG4001").Says("DeclaredFolder.Connection");
        Assert.DoesNotContain("s3cret", result.Output);
    }

    private static BuildResult Run(string connection)
    {
        var file = $"connection-{Guid.NewGuid():N}.txt";
        _application.Write(file, connection);
        return _application.Dotnet(_application.PathOf("App/bin/Debug/net10.0/App.dll"), _application.PathOf(file));
    }

    // The first example in C# that makes a workflow: what it uses, and what it does.
    private static (string Usings, string Lines) Example(string readme)
    {
        var code = File.ReadAllText(readme).ReplaceLineEndings("\n").Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]).First(part => part.Contains("new MigrationWorkflow", StringComparison.Ordinal));
        var end = code.IndexOf("\n\n", StringComparison.Ordinal);
        return (code[..end], code[(end + 2)..]);
    }
}
