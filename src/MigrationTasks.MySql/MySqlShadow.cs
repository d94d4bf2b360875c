using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>A server on which migrations are tried in a database of their own.</summary>
/// <param name="databases">The names of its databases, which no statement may name.</param>
internal sealed class MySqlShadow(HashSet<string> databases)
{
    /// <summary>The table of the engine in a shadow.</summary>
    public static readonly HistoryTableName Table = new(null, "migrationtasks_shadow");

    /// <summary>Nothing is known of the server yet.</summary>
    public static readonly MySqlShadow Unknown = new([]);

    private const int SpecificAccessDenied = 1227;

    // What a server has of its own. To read it is harmless.
    private static readonly string[] Readable = ["information_schema", "performance_schema", "sys"];

    private static readonly string[] ServerWide = ["DATABASE", "SCHEMA", "USER", "ROLE", "SERVER", "TABLESPACE", "INSTANCE", "RESOURCE", "LOGFILE", "UNDO"];

    private static readonly string[] Administration = ["FLUSH", "KILL", "INSTALL", "UNINSTALL", "SHUTDOWN", "PURGE", "RESET", "CHANGE", "STOP", "CLONE", "RESTART"];

    /// <summary>Creates a shadow on the server of a connection, unless there is a database of its name.</summary>
    /// <returns>The server, and whether the shadow was created.</returns>
    /// <exception cref="MigrationException">MIG6010 when the user may not create databases.</exception>
    public static async Task<(MySqlShadow Server, bool IsCreated)> CreateAsync(MySqlConnection connection, MySqlConfig config, string name, CancellationToken cancellation)
    {
        var names = (await MySqlRows.ReadAsync(connection, "SHOW DATABASES", cancellation).ConfigureAwait(false)).Rows.Select(row => (string)row[0]!).Except(Readable, StringComparer.OrdinalIgnoreCase);
        var server = new MySqlShadow(new HashSet<string>(names.Append(config.Database), StringComparer.OrdinalIgnoreCase));
        try
        {
            var defaults = (await MySqlRows.ReadAsync(connection, "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()", cancellation).ConfigureAwait(false)).Rows;
            await MySqlRows.ExecuteAsync(connection, $"CREATE DATABASE {MySqlLiteral.Quote(name)} CHARACTER SET {defaults[0][0]} COLLATE {defaults[0][1]}", cancellation).ConfigureAwait(false);
            var table = $"{MySqlLiteral.Quote(name)}.{Table.Table}";
            await MySqlRows.ExecuteAsync(connection, $"CREATE TABLE {table} (position INT PRIMARY KEY, name VARCHAR(500) NOT NULL, checksum VARCHAR(500) NOT NULL, proof LONGTEXT NOT NULL) CHARACTER SET utf8mb4", cancellation).ConfigureAwait(false);
            return (server, true);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.DatabaseCreateExists)
        {
            return (server, false);
        }
        catch (MySqlException exception) when (exception.ErrorCode is MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.TableAccessDenied or MySqlErrorCode.AccessDenied || exception.Number == SpecificAccessDenied)
        {
            throw Errors.ShadowForbidden(config.Target, Sentence.Of($"{exception.Message} (error {exception.Number})"), exception);
        }
    }

    /// <summary>
    /// A statement that names a database would not work in the shadow but in that one: it never runs. What belongs to the server and not to
    /// one of its databases is shared with the real one.
    /// </summary>
    public ShadowVerdict Judge(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        if (tokens.Take("USE"))
        {
            return new ShadowVerdict(ShadowVerdictKind.IsRefused, "it changes to a database by its name");
        }

        if (IsServerWide(statement))
        {
            return new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it is about the server, and not about this database");
        }

        return FindDatabase(statement) is not { } database ? ShadowVerdict.Runs
            : tokens.Take("GRANT") || tokens.Take("REVOKE") ? new ShadowVerdict(ShadowVerdictKind.IsLeftOut, "it is about a database by its name")
            : new ShadowVerdict(ShadowVerdictKind.IsRefused, $"it names the database {database}, so that it would not stay in the shadow");
    }

    private static bool IsServerWide(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        if (tokens.Take("CREATE") || tokens.Take("ALTER") || tokens.Take("DROP") || tokens.Take("RENAME"))
        {
            if (tokens.Take("OR"))
            {
                tokens.Skip();
            }

            return tokens.TakeAny(ServerWide) is not null;
        }

        return tokens.Take("SET") ? tokens.TakeAny("GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD") is not null || tokens.Text.StartsWith("@@GLOBAL", StringComparison.OrdinalIgnoreCase) : tokens.TakeAny(Administration) is not null;
    }

    // A table or an alias may have the name of a database: then its migration is not tried, which is the lesser evil.
    private string? FindDatabase(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        var before = "";
        while (!tokens.AtEnd)
        {
            if (tokens.Text is "." && databases.TryGetValue(before, out var database))
            {
                return database;
            }

            before = tokens.Text.Trim('`').ToString();
            tokens.Skip();
        }

        return null;
    }
}
