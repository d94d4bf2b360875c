using MigrationTasks.Engine.History;
using Npgsql;
using NpgsqlTypes;

namespace MigrationTasks.PostgreSql;

/// <summary>Positional parameters: unlike named ones, they leave the statement as it is written.</summary>
internal static class PostgreSqlParameter
{
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Of(object? value) => value is null or string ? Text((string?)value) : new NpgsqlParameter { Value = value };

    /// <summary>A statement with its values, to travel with others.</summary>
    public static NpgsqlBatchCommand CommandOf(SqlText statement)
    {
        var command = new NpgsqlBatchCommand(statement.Text);
        foreach (var value in statement.Values)
        {
            command.Parameters.Add(Of(value));
        }

        return command;
    }
}
