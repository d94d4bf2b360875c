using System.Data;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>The connections of an adapter to PostgreSQL.</summary>
internal sealed class PostgreSqlConnections(PostgreSqlConfig config) : Connections<NpgsqlConnection>
{
    private NpgsqlDataSource? _source;

    public override async Task DisconnectAsync()
    {
        await base.DisconnectAsync().ConfigureAwait(false);
        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        if (config.MissingFile is { } missing)
        {
            throw Errors.TlsFailed(config.Target, config.Settings.Variable, missing, null, "sslmode, sslrootcert, sslcert and sslkey");
        }

        if (config.MissingPassfile is { } passfile)
        {
            throw Errors.ConnectionMalformed(config.Settings.Variable, $"its passfile {passfile} does not exist.", PostgreSqlConfig.Form);
        }

        _source ??= config.CreateDataSource();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(config.ConnectLimit);
        try
        {
            var connection = await _source.OpenConnectionAsync(patience.Token).ConfigureAwait(false);
            await RefuseEscapesAsync(connection).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception) when (exception is not MigrationException && (exception is not OperationCanceledException || !cancellation.IsCancellationRequested))
        {
            throw ServerErrors.ConnectionFailure(await RefusalOverTlsAsync(exception, cancellation).ConfigureAwait(false), config);
        }
    }

    // Files are split without asking the server, which tells this by itself when it lets somebody in.
    private async Task RefuseEscapesAsync(NpgsqlConnection connection)
    {
        if (connection.PostgresParameters.GetValueOrDefault("standard_conforming_strings") == "off")
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw Errors.StringsNotStandard(config.Target, config.Settings.Variable);
        }
    }

    // Where encryption is preferred, the driver goes on without it after a refusal, and only the last answer is told: of a server that takes
    // nothing but TLS, that it is missing, though it was the password that was wrong.
    private async Task<Exception> RefusalOverTlsAsync(Exception refusal, CancellationToken cancellation)
    {
        if (!config.PrefersTls || refusal is not PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification })
        {
            return refusal;
        }

        var source = config.CreateDataSource(SslMode.Require);
        await using var disposal = source.ConfigureAwait(false);
        try
        {
            await (await source.OpenConnectionAsync(cancellation).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            return refusal;
        }
        catch (NpgsqlException overTls)
        {
            return overTls is PostgresException ? overTls : refusal;
        }
    }

    protected override bool IsReady(NpgsqlConnection connection) => connection.FullState == ConnectionState.Open;

    protected override MigrationException Explain(Exception exception, string action) => ServerErrors.ForOwn(exception, config, action);
}
