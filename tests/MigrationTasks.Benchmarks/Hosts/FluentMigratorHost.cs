using System.Reflection;
using FluentMigrator.Runner;
using Microsoft.Extensions.DependencyInjection;
using MigrationTasks.Benchmarks.Tools;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>FluentMigrator, with its defaults: a transaction for each migration.</summary>
internal static class FluentMigratorHost
{
    public const string Name = "fluentmigrator";

    public static int Run(string folder, string connection)
    {
        var migrations = Assembly.LoadFrom(Path.Combine(folder, FluentMigratorTool.AssemblyFile));
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner.AddPostgres().WithGlobalConnectionString(connection).ScanIn(migrations).For.Migrations())
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
        return 0;
    }
}
