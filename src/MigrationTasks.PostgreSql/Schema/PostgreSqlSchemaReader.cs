using System.Data;
using System.Globalization;
using MigrationTasks.Engine.Schema;
using Npgsql;

namespace MigrationTasks.PostgreSql.Schema;

/// <summary>Reads the schema of a database in one round trip.</summary>
/// <param name="connection">The connection.</param>
/// <param name="ownTables">The tables of MigrationTasks, quoted and with their schemas: they are left out.</param>
internal sealed class PostgreSqlSchemaReader(NpgsqlConnection connection, IEnumerable<string> ownTables)
{
    private const int MaxAttempts = 3;
    private const string Savepoint = "migration_tasks_schema";

    // All that changes how the server writes names and values: whatever the database or the user is set to, the text is the same. What
    // the query is planned with as well: compiling it takes longer than running it.
    private static readonly string[] Settings =
    [
        "SET LOCAL search_path TO pg_catalog, pg_temp", "SET LOCAL quote_all_identifiers TO off", "SET LOCAL DateStyle TO 'ISO, YMD'", "SET LOCAL IntervalStyle TO postgres",
        "SET LOCAL TimeZone TO 'UTC'", "SET LOCAL bytea_output TO hex", "SET LOCAL extra_float_digits TO 1", "SET LOCAL lc_monetary TO 'C'", "SET LOCAL jit TO off",
    ];

    /// <summary>Reads it in a transaction of its own, in which nothing can be changed and all is of one moment.</summary>
    /// <exception cref="NpgsqlException">The server refuses.</exception>
    public async Task<SchemaSnapshot> ReadAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadAsync(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"], ["COMMIT"], cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (connection.FullState == ConnectionState.Open)
            {
                await RollBackAsync().ConfigureAwait(false);
                if (exception is not PostgresException { SqlState: PostgresErrorCodes.InternalError } || attempt == MaxAttempts)
                {
                    throw;
                }

                // What turns a catalogue's row into text looks at the newest state, in which somebody may have dropped the thing: read it again.
            }
        }
    }

    /// <summary>Reads it in the transaction that is open, which stays as it is; what that has changed is seen.</summary>
    /// <exception cref="NpgsqlException">The server refuses.</exception>
    public Task<SchemaSnapshot> ReadInTransactionAsync(CancellationToken cancellation) =>
        ReadAsync([$"SAVEPOINT {Savepoint}"], [$"ROLLBACK TO SAVEPOINT {Savepoint}", $"RELEASE SAVEPOINT {Savepoint}"], cancellation);

    private async Task<SchemaSnapshot> ReadAsync(string[] begin, string[] end, CancellationToken cancellation)
    {
        var major = connection.PostgreSqlVersion.Major;
        var batch = new NpgsqlBatch(connection);
        await using var disposal = batch.ConfigureAwait(false);
        foreach (var statement in begin.Concat(Settings))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        var query = new NpgsqlBatchCommand(PostgreSqlSchemaQuery.For(major));
        query.Parameters.Add(PostgreSqlParameter.Of(string.Join('\n', ownTables)));
        batch.BatchCommands.Add(query);
        foreach (var statement in end)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var schema = new SchemaBuilder();
        do
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                Add(schema, reader);
            }
        }
        while (await reader.NextResultAsync(cancellation).ConfigureAwait(false));
        return schema.Build(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {major}"));
    }

    private static void Add(SchemaBuilder schema, NpgsqlDataReader row)
    {
        var (kind, name) = (row.GetString(0), row.GetString(1));
        if (row.IsDBNull(2))
        {
            schema.Add(kind, name);
        }
        else
        {
            schema.Add(kind, name, new SchemaFact(row.GetString(2), row.GetString(3), row.GetString(4)) { Position = row.GetInt32(5) });
        }
    }

    private async Task RollBackAsync()
    {
        var command = new NpgsqlCommand("ROLLBACK", connection);
        await using var disposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
