using System.Data.Common;
using DbUp.Builder;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Peers;

/// <summary>Other tools at work: each brings a database from nothing to its two migrations, as its documentation says.</summary>
internal static class Peer
{
    /// <summary>DbUp, with the scripts of a folder, in the order of their names.</summary>
    public static void DbUp(UpgradeEngineBuilder builder, string folder)
    {
        var result = builder.WithScriptsFromFileSystem(folder).WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        Assert.IsTrue(result.Successful, result.Error?.ToString());
    }

    /// <summary>DbUp, with the scripts that are resources of this assembly.</summary>
    public static void DbUpResources(UpgradeEngineBuilder builder)
    {
        var result = builder.WithScriptsEmbeddedInAssembly(typeof(Peer).Assembly).WithTransactionPerScript().LogToNowhere().Build().PerformUpgrade();
        Assert.IsTrue(result.Successful, result.Error?.ToString());
    }

    /// <summary>Evolve, with the scripts of a folder that are named as it wants them.</summary>
    public static void Evolve(DbConnection connection, string folder) =>
        new EvolveDb.Evolve(connection) { Locations = [folder], IsEraseDisabled = true }.Migrate();

    /// <summary>FluentMigrator, with the migrations of this assembly.</summary>
    public static void FluentMigrator(Action<IMigrationRunnerBuilder> database)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                database(runner);
                runner.ScanIn(typeof(Peer).Assembly).For.Migrations();
            })
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }

    /// <summary>Entity Framework Core, with the migrations of this assembly.</summary>
    public static void EntityFramework(Action<DbContextOptionsBuilder> database)
    {
        var options = new DbContextOptionsBuilder<ShopContext>();
        database(options);
        using var context = new ShopContext(options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)).Options);
        context.Database.Migrate();
    }

    /// <summary>A tool from npm, with the SQL files of a folder.</summary>
    public static async Task NodeAsync(string tool, string url, params string[] arguments)
    {
        var packages = await Require.ServerAsync(Servers.NodePackagesAsync);
        packages.Run(tool, url, arguments);
    }
}
