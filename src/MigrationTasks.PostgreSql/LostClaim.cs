using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// A claim that failed: as a rule another runner's row is there already. But a table that an earlier tool made may have
/// constraints or triggers of its own, and to take those for another runner would be to try again for ever.
/// </summary>
internal static class LostClaim
{
    /// <summary>Whether a claim failed as it does when another runner was faster.</summary>
    public static bool Is(PostgresException exception, MigrationStep step) =>
        exception.SqlState == PostgresErrorCodes.UniqueViolation
        || (step.Before is not null && exception.SqlState is (PostgresErrorCodes.DivisionByZero or PostgresErrorCodes.SerializationFailure));

    /// <returns><see cref="ApplyOutcome.Superseded"/> when another runner has the migration.</returns>
    /// <exception cref="MigrationException">MIG3007 when nobody has it.</exception>
    public static async Task<ApplyOutcome> ExplainAsync(WorkSession session, MigrationStep step, PostgresException exception, CancellationToken cancellation)
    {
        // It waited for the row in a transaction that keeps the snapshot of its first statement.
        if (exception.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            return ApplyOutcome.Superseded;
        }

        var isLost = step.Before is { } before
            ? !await AskAsync(session.Connection, session.History.HasSameRow, cancellation, before.Name, before.Checksum).ConfigureAwait(false)
            : await AskAsync(session.Connection, session.History.HasRow, cancellation, step.Migration.Name).ConfigureAwait(false);
        return isLost ? ApplyOutcome.Superseded : throw Errors.HistoryUnusable(session.History.Name.ToString(), ProblemOf(step, exception), exception);
    }

    private static string ProblemOf(MigrationStep step, PostgresException exception) => exception.SqlState == PostgresErrorCodes.UniqueViolation
        ? $"its constraint {exception.ConstraintName} refuses a row for {step.Migration.Name}. Remove the constraint, or, when it is that of a numbered column, set the column's sequence after its last number (setval), and run again."
        : $"its row for {step.Migration.Name} cannot be changed. Remove the rule, trigger or policy that keeps it as it is, and run again.";

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellation, params string?[] values)
    {
        var command = new NpgsqlCommand(question, connection);
        await using var disposal = command.ConfigureAwait(false);
        foreach (var value in values)
        {
            command.Parameters.Add(PostgreSqlParameter.Text(value));
        }

        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true;
    }
}
