using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// A claim that broke a unique constraint: as a rule another runner's row is there already. But a table that an earlier tool made
/// may have constraints of its own, and to take those for another runner would be to try again for ever.
/// </summary>
internal static class LostClaim
{
    /// <returns><see cref="ApplyOutcome.Superseded"/> when another runner has the migration.</returns>
    /// <exception cref="MigrationException">MIG3007 when nobody has it.</exception>
    public static async Task<ApplyOutcome> ExplainAsync(
        NpgsqlConnection connection, PostgreSqlHistory history, MigrationScript script, PostgresException exception, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(history.HasRow, connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(PostgreSqlParameter.Text(script.Name));
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true
            ? ApplyOutcome.Superseded
            : throw Errors.HistoryUnusable(
                history.Name.ToString(),
                $"its constraint {exception.ConstraintName} refuses a row for {script.Name}. Remove the constraint, or, when it is that of a numbered column, set the column's sequence behind its last number (setval), and run again.",
                exception);
    }
}
