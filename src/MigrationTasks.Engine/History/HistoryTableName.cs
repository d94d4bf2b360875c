using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.History;

/// <summary>The name of the history table, in a schema where the database has schemas.</summary>
/// <param name="Schema">The schema, or <see langword="null"/> for the database's usual one.</param>
/// <param name="Table">The table.</param>
public sealed record HistoryTableName(string? Schema, string Table)
{
    /// <summary><c>schema_migrations</c>, in the database's usual schema.</summary>
    public static readonly HistoryTableName Default = new(null, "schema_migrations");

    /// <summary>Reads <c>table</c> or <c>schema.table</c>.</summary>
    /// <param name="name">The text; nothing gives <see cref="Default"/>.</param>
    /// <exception cref="MigrationException">MIG1011 when a part is empty, there are more than two, or a character is no letter, digit, <c>_</c> or <c>-</c>.</exception>
    public static HistoryTableName Parse(string? name) =>
        string.IsNullOrWhiteSpace(name) ? Default : TryParse(name) ?? throw Errors.InvalidHistoryTable(name);

    /// <summary>Reads <c>table</c> or <c>schema.table</c>, or returns <see langword="null"/> when it is neither.</summary>
    /// <param name="name">The text.</param>
    public static HistoryTableName? TryParse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().Split('.') switch
        {
            [var table] when IsName(table) => new HistoryTableName(null, table),
            [var schema, var table] when IsName(schema) && IsName(table) => new HistoryTableName(schema, table),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Schema is null ? Table : $"{Schema}.{Table}";

    private static bool IsName(string part) => part.Length > 0 && part.All(character => char.IsLetterOrDigit(character) || character is '_' or '-');
}
