namespace MigrationTasks.Sqlite;

/// <summary>What a query gave.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, each with a value for each column.</param>
internal sealed record SqliteRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
