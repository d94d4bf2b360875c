using System.Globalization;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Keeps what one migration does to its session away from the next one, and from whoever shares a pooler.</summary>
internal static class SessionState
{
    /// <summary>Puts roles, settings and temporary tables back; allowed inside a transaction.</summary>
    public static readonly IReadOnlyList<string> Reset = ["RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL", "DISCARD TEMP"];

    /// <summary>Ends an open transaction, and makes commits durable that did not wait for the disk.</summary>
    public static Task RollBackAndFlushAsync(NpgsqlConnection connection, PostgreSqlHistory history, RunProgress progress, CancellationToken cancellation) =>
        RunMutedAsync(connection, progress, ["ROLLBACK", history.Touch], cancellation);

    /// <summary>Runs housekeeping commands in one round trip; warnings such as «no transaction» are nobody's business.</summary>
    public static async Task RunMutedAsync(NpgsqlConnection connection, RunProgress progress, IEnumerable<string> commands, CancellationToken cancellation)
    {
        progress.Muted = true;
        try
        {
            var batch = connection.CreateBatch();
            await using var disposal = batch.ConfigureAwait(false);
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(command));
            }

            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            progress.Muted = false;
        }
    }

    /// <summary>PL/pgSQL that limits each statement of the transaction, or nothing when there is no limit.</summary>
    public static string StatementTimeout(PostgreSqlConfig config) => config.Settings.CommandTimeout > TimeSpan.Zero
        ? $"PERFORM pg_catalog.set_config('statement_timeout', '{Milliseconds(config.Settings.CommandTimeout)}', true);"
        : "";

    public static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
