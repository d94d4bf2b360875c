using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class SqliteContractDatabase : SqlContractDatabase
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The file's full path.</summary>
    public string File => Path.Combine(_folder.Path, "app.db");

    public override string Connection => $"sqlite:{File}";

    public override async Task ExecuteAsync(string script)
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(script, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public override (int ExitCode, string Output) RunScript(string file) => Require.Server(() => SqliteShell.Run(File, file));

    public override string Dump() => string.Join('\n', Require.Server(() => SqliteShell.Dump(File)).Split('\n').Where(line => !line.StartsWith("INSERT INTO schema_migrations", StringComparison.Ordinal)));

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
