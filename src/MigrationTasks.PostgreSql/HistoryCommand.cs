namespace MigrationTasks.PostgreSql;

/// <summary>A change of the history.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">Its parameters: $1, $2, …</param>
internal sealed record HistoryCommand(string Sql, params object?[] Parameters);
