using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.PostgreSql;

/// <summary>How a Supabase database is reached: what people copy wrongly from its dashboard is told apart.</summary>
internal static class SupabaseConfig
{
    /// <exception cref="MigrationException">MIG1007 or MIG1012, naming the part that is wrong.</exception>
    public static PostgreSqlConfig Parse(string connection, DatabaseSettings settings)
    {
        if (connection.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || connection.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.SupabaseConnection(settings.Variable, "it is the address of the project's API. Copy the connection string of the database instead (Connect, in the project's dashboard).");
        }

        return PostgreSqlConfig.Parse(connection, settings);
    }
}
