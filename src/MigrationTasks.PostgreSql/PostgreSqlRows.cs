using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Runs a query to its end.</summary>
internal static class PostgreSqlRows
{
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The query, with <c>$1</c>, <c>$2</c>, … for its parameters.</param>
    /// <param name="parameters">Their values.</param>
    /// <param name="asText">Whether every value is taken as the text that the server makes of it, whatever its type.</param>
    /// <param name="cancellation">Stops the query on the server.</param>
    public static async Task<(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)> ReadAsync(
        NpgsqlConnection connection, string sql, object?[] parameters, bool asText, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = asText };
        await using var disposal = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(PostgreSqlParameter.Of(parameter));
        }

        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<object?>>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            rows.Add([.. Enumerable.Range(0, columns.Count).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        }

        return (columns, rows);
    }
}
