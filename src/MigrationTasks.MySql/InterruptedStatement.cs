using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>
/// Finds out what became of a statement that could not share a transaction with its entry in the journal, when its run was
/// interrupted: it may have been completed, or it may be run again.
/// </summary>
internal sealed partial class InterruptedStatement(WorkSession session, MigrationScript script)
{
    /// <summary>Finds out whether it was completed.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="number">Its number, counted from 1.</param>
    /// <param name="checksum">The checksum of the statements up to it.</param>
    /// <param name="isSameFile">Whether the file is as it was when the statement was begun.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What shows that it was; the empty text when it is to be run.</returns>
    /// <exception cref="MigrationException">MIG3011 when it cannot be told.</exception>
    public async Task<string> FindResultAsync(ScriptStatement statement, int number, string checksum, bool isSameFile, CancellationToken cancellation)
    {
        if (Repeatable().IsMatch(statement.Text))
        {
            return "";
        }

        // It does all or nothing, and one that found the thing there already, or gone, failed at once, which was recorded.
        if (!isSameFile || StatementEffect.Of(statement.Text) is not { } effect)
        {
            throw Uncertain(statement, number, checksum);
        }

        var isThere = Convert.ToInt64(await MySqlRows.ValueAsync(session.Connection, effect.Query, cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture) > 0;
        return isThere == effect.IsCreated ? $"the {effect.What} is {(isThere ? "there" : "gone")}" : "";
    }

    private MigrationException Uncertain(ScriptStatement statement, int number, string checksum)
    {
        var row = $"WHERE {HistorySchema.Name} = '{script.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
        return Errors.UncertainStatement(
            script.Locate(statement.LocationOf(script.Location.File, 1)),
            statement.Summary,
            $"UPDATE {session.History.Table} SET {HistorySchema.Status} = 'failed' {row}",
            $"UPDATE {session.History.Table} SET {HistorySchema.Status} = 'failed', {HistorySchema.StatementsDone} = {number}, {HistorySchema.TokenChecksum} = '{checksum}' {row}");
    }

    // Run twice, they do no harm.
    [GeneratedRegex(@"^\s*(ANALYZE|OPTIMIZE|CHECK|REPAIR|FLUSH|GRANT|REVOKE|TRUNCATE|CREATE\s+OR\s+REPLACE\s+(?!TABLE|SEQUENCE)|(CREATE|DROP)\s+[^(]*?\bIF\s+(NOT\s+)?EXISTS\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Repeatable();
}
