using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>
/// What a developer waits for: the packed package in a project of its own, built by the real CLI, with nothing to compile and
/// nothing pending.
/// </summary>
internal sealed class BuildCase() : Case("build")
{
    // A version that no feed has, so that no other package can be taken for this one.
    private const string Version = "0.0.0-benchmark";

    private static readonly (string Title, string[] Arguments)[] Builds =
    [
        ("dotnet build", ["build"]),
        ("dotnet build -t:Migrate", ["build", "-t:Migrate"]),
        ("dotnet build, MigrateAfterBuild=true", ["build", "-p:MigrateAfterBuild=true"]),
    ];

    public override async Task RunAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var database = await bench.Server.CreateDatabaseAsync();
        await ToolProcess.RunAsync(Dotnet(Repository(), folder, database, "pack", "src/MigrationTasks", "-c", "Release", "-o", Path.Combine(folder.Path, "feed"), $"-p:Version={Version}"));
        WriteProject(folder, bench.Scale.Few);
        var project = Path.Combine(folder.Path, "App");
        await ToolProcess.RunAsync(Dotnet(project, folder, database, "build"));
        await ToolProcess.RunAsync(Dotnet(project, folder, database, "build", "-t:Migrate"));

        var seconds = Builds.ToDictionary(build => build.Title, _ => new List<double>());
        for (var round = 0; round < bench.Scale.Rounds; round++)
        {
            foreach (var (title, arguments) in Builds)
            {
                var (elapsed, _) = await ToolProcess.RunAsync(Dotnet(project, folder, database, arguments));
                seconds[title].Add(elapsed.TotalSeconds);
            }
        }

        foreach (var (title, taken) in seconds)
        {
            bench.Report.Add(new Figure(
                string.Create(CultureInfo.InvariantCulture, $"{title}, nothing pending of {bench.Scale.Few:N0}"),
                string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(taken):F2} s"),
                string.Create(CultureInfo.InvariantCulture, $"{taken.Min():F2}–{taken.Max():F2} s")));
        }
    }

    private static void WriteProject(TemporaryFolder folder, int migrations)
    {
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="benchmark" value="{Path.Combine(folder.Path, "feed")}" /></packageSources>
            </configuration>
            """);
        folder.Write("App/Program.cs", "class Program { static void Main() { } }");
        folder.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="MigrationTasks" Version="{Version}" /></ItemGroup>
            </Project>
            """);
        foreach (var migration in SampleMigration.WithTables(migrations))
        {
            folder.Write($"App/migrations/postgresql/{migration.Name}.sql", migration.Sql);
        }
    }

    private static ProcessStartInfo Dotnet(string workingFolder, TemporaryFolder folder, TestDatabase database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = workingFolder };
        start.Environment["NUGET_PACKAGES"] = workingFolder.StartsWith(folder.Path, StringComparison.Ordinal) ? Path.Combine(folder.Path, "packages") : null;
        start.Environment["DATABASE_URL"] = database.Url;
        start.Environment["DOTNET_NOLOGO"] = "1";
        // Nothing may go on running when this is over.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        return start;
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("This program is not inside the repository.");
        }

        return folder;
    }
}
