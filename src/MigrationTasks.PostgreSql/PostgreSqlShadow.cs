using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Creates and removes the databases in which migrations are tried, on the server that the adapter is connected to.</summary>
/// <param name="config">The real database, which is the way to its server.</param>
/// <param name="connections">Connections to it.</param>
internal sealed class PostgreSqlShadow(PostgreSqlConfig config, PostgreSqlConnections connections)
{
    public static readonly HistoryTableName Table = new("migrationtasks_shadow", "proofs");

    private static readonly string[] ServerWide = ["SYSTEM", "DATABASE", "TABLESPACE", "ROLE", "USER", "GROUP", "SUBSCRIPTION"];

    private static readonly string[] RoleChanges = ["CREATE ROLE", "CREATE USER", "ALTER ROLE", "ALTER USER", "DROP ROLE", "DROP USER"];

    /// <summary>The table as the reader of the schema is told it.</summary>
    public static string Own => $"{Table.Schema}.{Table.Table}";

    public PostgreSqlConfig Configure(string name) => config.ForShadow(name);

    /// <exception cref="MigrationException">MIG6010 when the user may not create databases.</exception>
    public async Task<bool> CreateAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await ExecuteAsync(connections.Current, $"CREATE DATABASE {name} TEMPLATE template0", cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw Errors.ShadowForbidden(config.Target, ServerErrors.Describe(exception), exception);
        }

        // Nothing is lost with a shadow, so that nobody has to wait for the disk.
        await ExecuteAsync(connections.Current, $"ALTER DATABASE {name} SET synchronous_commit TO off", cancellation).ConfigureAwait(false);
        var shadow = new PostgreSqlConnections(Configure(name));
        try
        {
            await shadow.ConnectAsync(cancellation).ConfigureAwait(false);
            await shadow.ExecuteAsync($"CREATE SCHEMA {Table.Schema}", cancellation).ConfigureAwait(false);
            await shadow.ExecuteAsync($"CREATE TABLE {Own} (position integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, proof text NOT NULL)", cancellation).ConfigureAwait(false);
        }
        finally
        {
            await shadow.DisconnectAsync().ConfigureAwait(false);
        }

        return true;
    }

    public Task DropAsync(string name, CancellationToken cancellation) => ExecuteAsync(connections.Current, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", cancellation);

    /// <summary>What belongs to the server and not to one of its databases is shared with the real one.</summary>
    public static ShadowVerdict Judge(ScriptStatement statement, bool isOwnServer)
    {
        var tokens = statement.ReadTokens();
        if (tokens.Take("DO"))
        {
            return isOwnServer && Array.Exists(RoleChanges, change => statement.Text.Contains(change, StringComparison.OrdinalIgnoreCase))
                ? new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it may change roles, which all databases of the server share")
                : ShadowVerdict.Runs;
        }

        if (!(tokens.Take("CREATE") || tokens.Take("ALTER") || tokens.Take("DROP")) || tokens.TakeAny(ServerWide) is not { } kind || (kind == "USER" && tokens.Take("MAPPING")))
        {
            return ShadowVerdict.Runs;
        }

        return kind switch
        {
            "SUBSCRIPTION" => new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it would subscribe to another server"),
            "SYSTEM" => new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it changes the settings of the whole server"),
            "DATABASE" or "TABLESPACE" => new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it is about the server, and not about this database"),
            _ when isOwnServer => new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "all databases of the server share its roles"),
            _ => ShadowVerdict.Runs,
        };
    }

    // In any language of the server, the name of the extension, or of the file that describes it, is in the message.
    public static string? Lacks(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFile when refusal.File is "extension.c" => $"the server of the shadow database lacks an extension ({refusal.MessageText})",
        PostgresErrorCodes.InsufficientPrivilege when refusal.File is "extension.c" => $"the user may not install an extension on the shadow database ({refusal.MessageText})",
        _ => null,
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(statement, connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
