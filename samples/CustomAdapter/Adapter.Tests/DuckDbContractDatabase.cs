using System.Globalization;
using DuckDB.NET.Data;
using MigrationTasks.ContractTests;

namespace DuckDbSample.Tests;

/// <summary>A DuckDB file in a folder of its own.</summary>
public sealed class DuckDbContractDatabase : SqlContractDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("duckdb-sample-");

    private string File => Path.Combine(_folder.FullName, "app.duckdb");

    public override string Connection => $"duckdb:{File}";

    public override async Task ExecuteAsync(string script)
    {
        await using var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={File}");
        connection.Open();
        return connection;
    }
}
