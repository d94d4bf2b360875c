using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>A database of its own on a server that the tests share.</summary>
public sealed class PostgreSqlContractDatabase(TestDatabase database, string connection) : SqlContractDatabase
{
    public override string Connection => connection;

    /// <summary>Connects past the adapter, as an application would.</summary>
    public Task<NpgsqlConnection> OpenAsync() => database.OpenAsync();

    public override Task ExecuteAsync(string script) => database.ExecuteAsync(script);

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : reader.GetString(column))));
        }

        return rows;
    }

    public override (int ExitCode, string Output) RunScript(string file) => Require.Server(() => database.RunScript(file));

    // The key of its \restrict lines is another one each time.
    public override string Dump() => string.Join('\n', Require.Server(() => database.Dump("--exclude-table-data=public.schema_migrations")).Split('\n').Where(line => !line.Contains("restrict ", StringComparison.Ordinal)));

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
