using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Configuration;

/// <summary>Turns the name of a connection variable into the configuration of a database.</summary>
/// <param name="variables">Where variables are read.</param>
public sealed class DatabaseConfigFactory(ConnectionVariables variables)
{
    /// <summary>Reads the connection and lets the adapter make sense of it.</summary>
    /// <param name="adapter">The database.</param>
    /// <param name="settings">What all databases have in common, with the name of the variable.</param>
    /// <exception cref="MigrationException">
    /// MIG1006 when the variable is not set; MIG1007 (or MIG1012) when its value cannot be used; MIG1009 when the
    /// <c>.env</c> file cannot be read.
    /// </exception>
    public DatabaseConfig Create(AdapterDefinition adapter, DatabaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(settings);
        var connection = variables.Find(settings.Variable)
            ?? throw Errors.ConnectionMissing(settings.Variable, adapter.Name, adapter.ConnectionForm, variables.EnvFilePath);
        return adapter.Configure(connection, settings);
    }
}
