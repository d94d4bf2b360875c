using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Reads whole results.</summary>
internal static class MySqlRows
{
    /// <summary>What a query gave: its columns, and a value for each in every row; NULL is <see langword="null"/>.</summary>
    public static async Task<(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)> ReadAsync(
        MySqlConnection connection, string sql, CancellationToken cancellation, params IEnumerable<object?> parameters)
    {
        var command = new MySqlCommand(sql, connection);
        await using var disposal = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new MySqlParameter { Value = parameter });
        }

        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var values = new object?[columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(values);
        }

        return (columns, rows);
    }

    /// <summary>Runs a command.</summary>
    /// <returns>How many rows it found.</returns>
    public static async Task<int> ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellation)
    {
        var command = new MySqlCommand(sql, connection);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The first value of a query.</summary>
    public static async Task<object?> ValueAsync(MySqlConnection connection, string sql, CancellationToken cancellation)
    {
        var command = new MySqlCommand(sql, connection);
        await using var disposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is var value and not DBNull ? value : null;
    }
}
