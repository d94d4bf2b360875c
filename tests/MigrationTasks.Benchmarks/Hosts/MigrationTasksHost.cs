using MigrationTasks.Adapters;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>MigrationTasks' engine, set up as the build task sets it up.</summary>
internal static class MigrationTasksHost
{
    public const string PostgreSql = "migrationtasks-postgresql";
    public const string PostgreSqlMemory = "migrationtasks-postgresql-memory";
    public const string Sqlite = "migrationtasks-sqlite";
    public const string MySql = "migrationtasks-mysql";

    private sealed class SilentObserver : IRunObserver;

    public static async Task<int> RunAsync(string database, string folder, string variable)
    {
        AppContext.SetSwitch("Npgsql.EnableSqlRewriting", false);
        var options = new WorkflowOptions { ProjectDirectory = folder, Folders = [new DeclaredFolder(folder, database, variable)] };
        var reports = await new MigrationWorkflow(BuiltInAdapters.CreateFactory(), options, new SilentObserver()).MigrateAsync(default);
        foreach (var error in reports.SelectMany(report => report.Errors))
        {
            Console.Error.WriteLine(error);
        }

        return reports.All(report => report.Succeeded) ? 0 : 1;
    }
}
