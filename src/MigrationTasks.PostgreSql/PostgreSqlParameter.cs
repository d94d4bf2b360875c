using Npgsql;
using NpgsqlTypes;

namespace MigrationTasks.PostgreSql;

/// <summary>Positional parameters: unlike named ones, they leave the statement as it is written.</summary>
internal static class PostgreSqlParameter
{
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Of(object? value) => value is null or string ? Text((string?)value) : new NpgsqlParameter { Value = value };
}
