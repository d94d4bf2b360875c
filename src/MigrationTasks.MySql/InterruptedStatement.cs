using System.Globalization;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Finds out what became of a statement that could not share a transaction with its entry in the journal, when its run was
/// interrupted: it may have been completed, or it may be run again.
/// </summary>
internal sealed class InterruptedStatement(MySqlConnection connection)
{
    /// <summary>Finds out whether it was completed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was; the empty text when it is to be run; <see langword="null"/> when it cannot be told.</returns>
    public async Task<string?> FindResultAsync(ScriptStatement statement, bool isSameFile, CancellationToken cancellation)
    {
        if (StatementEffect.IsRepeatable(statement.Text))
        {
            return "";
        }

        // It does all or nothing, and one that found the thing there already, or gone, failed at once, which was recorded.
        if (!isSameFile || StatementEffect.Of(statement.Text) is not { } effect)
        {
            return null;
        }

        return await MySqlRows.ValueAsync(connection, effect.Query, cancellation).ConfigureAwait(false) is not { } isDone ? null
            : Convert.ToInt64(isDone, CultureInfo.InvariantCulture) > 0 ? effect.Evidence
            : "";
    }
}
