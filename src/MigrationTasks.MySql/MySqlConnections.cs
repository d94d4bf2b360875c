using System.Data;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>The connections of an adapter to MySQL.</summary>
internal sealed class MySqlConnections(MySqlConfig config) : Connections<MySqlConnection>
{
    public override async Task<MySqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = config.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw await ConnectionErrors.ExplainAsync(exception, config, cancellation).ConfigureAwait(false);
        }
    }

    protected override bool IsReady(MySqlConnection connection) => connection.State == ConnectionState.Open;

    protected override MigrationException Explain(Exception exception, string action) => ServerErrors.ForOwn(exception, config, action);
}
