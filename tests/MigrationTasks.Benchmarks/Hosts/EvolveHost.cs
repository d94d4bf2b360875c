using System.Data.Common;
using MySqlConnector;
using Npgsql;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>Evolve, with its defaults: a transaction for each migration.</summary>
internal static class EvolveHost
{
    public const string PostgreSql = "evolve-postgresql";
    public const string MySql = "evolve-mysql";

    public static int RunPostgreSql(string folder, string connection)
    {
        using var server = new NpgsqlConnection(connection);
        return Run(folder, server);
    }

    public static int RunMySql(string folder, string connection)
    {
        using var server = new MySqlConnection(connection);
        return Run(folder, server);
    }

    private static int Run(string folder, DbConnection server)
    {
        new EvolveDb.Evolve(server) { Locations = [folder], IsEraseDisabled = true }.Migrate();
        return 0;
    }
}
