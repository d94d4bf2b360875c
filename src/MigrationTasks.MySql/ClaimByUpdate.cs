using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Claims a migration that has a row already.</summary>
internal static class ClaimByUpdate
{
    /// <summary>Begins a transaction and changes the row.</summary>
    /// <returns>Whether it is as it was read; the transaction is open either way.</returns>
    /// <exception cref="CommandFailure">The server refused it.</exception>
    public static async Task<bool> RunAsync(WorkSession session, MigrationStep step, string update, CancellationToken cancellation)
    {
        try
        {
            await MySqlRows.ExecuteAsync(session.Connection, $"{SessionState.ForClaim(session.Config)}; START TRANSACTION", cancellation).ConfigureAwait(false);
            return await MySqlRows.ExecuteAsync(session.Connection, update, cancellation).ConfigureAwait(false) > 0;
        }
        catch (MySqlException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw new CommandFailure(new CommandOrigin(step.Migration, CommandPurpose.Claim), exception);
        }
    }
}
