namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>The name of a table in a statement, as the database compares it.</summary>
/// <param name="Schema">What holds it; <see langword="null"/> when the statement does not say.</param>
/// <param name="Table">The table.</param>
internal readonly record struct SqlTableName(string? Schema, string Table);
