namespace MigrationTasks.Engine.Schema;

/// <summary>A statement of a migration that leads from one schema to another.</summary>
/// <param name="Sql">The statement, without what ends it.</param>
/// <param name="Loses">What is lost for good when it runs, such as <c>the column total of orders</c>; <see langword="null"/> where nothing is.</param>
public sealed record SchemaStatement(string Sql, string? Loses = null);

/// <summary>A name that something has in the first schema, and that which it is to have in the second: without it, one thing is removed and another one added.</summary>
/// <param name="Table">The name of the table, as the first schema has it.</param>
/// <param name="Column">The column, as the first schema has it; <see langword="null"/> where the table itself has another name.</param>
/// <param name="NewName">The name in the second schema.</param>
public sealed record SchemaRename(string Table, string? Column, string NewName)
{
    /// <summary>As it is asked for: <c>orders.total=amount</c>.</summary>
    public override string ToString() => $"{Table}{(Column is null ? "" : $".{Column}")}={NewName}";
}
