using Npgsql;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>Evolve, with its defaults: a transaction for each migration.</summary>
internal static class EvolveHost
{
    public const string Name = "evolve";

    public static int Run(string folder, string connection)
    {
        using var server = new NpgsqlConnection(connection);
        new EvolveDb.Evolve(server) { Locations = [folder], IsEraseDisabled = true }.Migrate();
        return 0;
    }
}
