using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Configuration;

/// <summary>Turns a folder's connection into the configuration of its database.</summary>
/// <param name="variables">Where variables are read.</param>
internal sealed class DatabaseConfigFactory(ConnectionVariables variables)
{
    /// <summary>Reads the connection and lets the adapter make sense of it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="settings">What all databases have in common.</param>
    /// <exception cref="MigrationException">
    /// MIG1006 when the variable is not set; MIG1007 (or MIG1012) when its value cannot be used; MIG1009 when the
    /// <c>.env</c> file cannot be read.
    /// </exception>
    public DatabaseConfig Create(DatabaseFolder folder, DatabaseSettings settings)
    {
        var connection = variables.ConnectionOf(folder)
            ?? throw Errors.ConnectionMissing(folder.Variable, folder.Database, folder.Adapter.ConnectionForm, variables.EnvFilePath, variables.Search(folder.Variable, value => IsUrlOf(folder.Adapter, value, settings)));
        var config = folder.Adapter.Configure(connection, settings);
        try
        {
            // What an adapter from outside shows of a connection that it has misunderstood.
            ConnectionPart.CheckText("target", config.Target);
            return config;
        }
        catch (FormatException problem)
        {
            throw Errors.ConnectionMalformed(folder.Variable, problem.Message, folder.Adapter.ConnectionForm);
        }
    }

    // Keywords are much the same for several databases; a URL says which one it is of. What is a service on top of another database
    // has that one's schemes, and none of its own.
    private static bool IsUrlOf(AdapterDefinition adapter, string value, DatabaseSettings settings)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var isUrl = colon > 0 && (adapter.UrlSchemes.Count == 0
            ? value.AsSpan(colon).StartsWith("://")
            : adapter.UrlSchemes.Contains(value[..colon], StringComparer.OrdinalIgnoreCase));
        if (!isUrl)
        {
            return false;
        }

        try
        {
            adapter.Configure(value, settings);
            return true;
        }
        catch (MigrationException)
        {
            return false;
        }
    }
}
