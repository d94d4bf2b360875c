using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using Npgsql;
using NpgsqlTypes;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Changes rows of the history: reads them once more under the run lock and under locks of their own, and then changes all of
/// them or none.
/// </summary>
internal sealed class HistoryEdit(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history)
{
    /// <exception cref="MigrationException">MIG3008, MIG3021, or MIG3007 when a constraint refuses a row.</exception>
    public async Task RunAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        try
        {
            await BeginAsync(cancellation).ConfigureAwait(false);
            var (columns, rows) = await PostgreSqlRows.ReadAsync(connection, history.SelectForUpdate, [], asText: true, cancellation).ConfigureAwait(false);
            HistoryChange.Check(changes, HistorySchema.Read(history.Name, columns, rows));
            await WriteAsync(changes, cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw await RunLock.TimeoutAsync(connection, history.LockKey, config, cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            await RollBackAsync().ConfigureAwait(false);
            throw Errors.HistoryUnusable(history.Name.ToString(), $"its constraint {exception.ConstraintName} refuses a row. {ServerErrors.Describe(exception)} Remove the constraint and run again.", exception);
        }
        catch
        {
            await RollBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var batch = connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SessionState.BeginFresh));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {SessionState.LockTimeout(config)}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(history.TakeLock));
        await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        var batch = connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        foreach (var change in changes.Where(change => change.After is null || change.Values.Count > 0))
        {
            var edit = history.Edit(change);
            var command = new NpgsqlBatchCommand(edit.Text);
            foreach (var value in edit.Values)
            {
                command.Parameters.Add(Untyped(value));
            }

            batch.BatchCommands.Add(command);
        }

        Follow(batch, changes);

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private void Follow(NpgsqlBatch batch, IReadOnlyList<HistoryChange> changes)
    {
        var commands = config.Settings.KeepsToolHistory ? changes.SelectMany(SupabaseHistory.Follow).ToList() : [];
        foreach (var command in commands.Count > 0 ? commands.Prepend(new SqlText(SupabaseHistory.Ensure)) : commands)
        {
            batch.BatchCommands.Add(PostgreSqlParameter.CommandOf(command));
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            var command = new NpgsqlCommand("ROLLBACK", connection);
            await using var disposal = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // A broken connection has rolled back by itself, and what broke it is reported already.
        }
    }

    // The server takes a text without a type as one of the column's type, whatever an earlier tool made the column.
    private static NpgsqlParameter Untyped(object? value) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Unknown,
        Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        },
    };
}
