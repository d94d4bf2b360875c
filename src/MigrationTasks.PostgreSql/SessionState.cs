using System.Globalization;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Keeps what one migration does to its session away from the next one, and from whoever shares a pooler.</summary>
internal static class SessionState
{
    /// <summary>Puts roles, settings and temporary tables back; allowed inside a transaction.</summary>
    public static readonly IReadOnlyList<string> Reset = ["RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL", "DISCARD TEMP"];

    /// <summary>
    /// Begins a transaction in which each statement sees what was committed before it, whatever the user's default is: one that
    /// keeps the snapshot of its first statement would not see what changed while it waited for a lock, and CREATE INDEX
    /// CONCURRENTLY would wait for it to end.
    /// </summary>
    public const string BeginFresh = "BEGIN ISOLATION LEVEL READ COMMITTED";

    /// <summary>Begins a transaction as a script wants its own to begin; <see langword="null"/> when it does not say.</summary>
    public static string? BeginOf(MigrationScript script) => script.TransactionModes is { } modes ? $"BEGIN {modes}" : null;

    /// <summary>
    /// Keeps what is less than a warning from being sent, and remembers what was: while rows are sent nobody reads, and a server
    /// that cannot get rid of a million notices does not take the rows either.
    /// </summary>
    public const string KeepQuiet = $"""
        SELECT pg_catalog.set_config('{Messages}', pg_catalog.current_setting('client_min_messages'), true),
          pg_catalog.set_config('client_min_messages', CASE pg_catalog.current_setting('client_min_messages') WHEN 'error' THEN 'error' ELSE 'warning' END, true)
        """;

    /// <summary>Sends again what was sent before <see cref="KeepQuiet"/>.</summary>
    public const string SpeakAgain = $"SELECT pg_catalog.set_config('client_min_messages', pg_catalog.current_setting('{Messages}'), true)";

    private const string Messages = "migration_tasks.client_min_messages";

    /// <summary>Lets the rest of a transaction be the connection's own user again, whoever a script has made of it.</summary>
    public static readonly IReadOnlyList<string> AsConnected = ["SET LOCAL session_authorization TO DEFAULT", "SET LOCAL role TO DEFAULT"];

    /// <summary>Ends an open transaction, and makes commits durable that did not wait for the disk.</summary>
    public static async Task RollBackAndFlushAsync(NpgsqlConnection connection, RunProgress progress, CancellationToken cancellation)
    {
        // A commit that has written something waits for the disk, and so for all before it; a transaction number alone is nothing
        // written. What only some readers of the log look at is the least that counts.
        await RunMutedAsync(connection, progress, ["ROLLBACK", "SELECT pg_catalog.pg_logical_emit_message(true, 'MigrationTasks', ''::text)"], cancellation).ConfigureAwait(false);
    }

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

    /// <summary>Ends an open transaction.</summary>
    public static Task RollBackAsync(NpgsqlConnection connection, RunProgress progress, CancellationToken cancellation) =>
        RunMutedAsync(connection, progress, ["ROLLBACK"], cancellation);

    /// <summary>Limits each statement of the transaction; <see langword="null"/> when there is no limit.</summary>
    public static string? StatementTimeout(PostgreSqlConfig config) => config.Settings.CommandTimeout > TimeSpan.Zero
        ? $"SET LOCAL statement_timeout = {Milliseconds(config.Settings.CommandTimeout)}"
        : null;

    /// <summary>How long the server may wait for the run lock, in milliseconds. To the server, 0 is without limit.</summary>
    public static string LockTimeout(PostgreSqlConfig config) => Milliseconds(TimeSpan.FromMilliseconds(Math.Max(1, config.Settings.LockTimeout.TotalMilliseconds)));

    /// <summary>How long a statement of a script may wait for a lock, zero without limit; <see langword="null"/> for what the server is set to.</summary>
    public static TimeSpan? StatementLockTimeout(MigrationScript script, PostgreSqlConfig config) =>
        script.LockTimeout ?? (config.Settings.StatementLockTimeout > TimeSpan.Zero ? config.Settings.StatementLockTimeout : null);

    /// <summary>Limits how long each statement of the transaction waits for a lock.</summary>
    public static string LimitLocks(MigrationScript script, PostgreSqlConfig config) =>
        $"SET LOCAL lock_timeout = {(StatementLockTimeout(script, config) is { } limit ? Milliseconds(limit) : "DEFAULT")}";

    /// <summary>A time as the server reads it.</summary>
    public static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
