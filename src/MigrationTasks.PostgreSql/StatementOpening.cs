using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// What comes first in a transaction with one statement of a script that runs outside one. Nobody else's statement is at work
/// meanwhile, not even one whose runner is gone. What the script has set for its session holds afterwards, which SET LOCAL … = DEFAULT
/// would not bring back.
/// </summary>
internal sealed class StatementOpening(PostgreSqlConfig config, PostgreSqlHistory history, MigrationScript script)
{
    /// <summary>The script.</summary>
    public MigrationScript Script => script;

    private bool _limitsLocks = true;
    private bool _limitsTime = true;

    /// <summary>Takes in a statement of the script: a limit that it sets for the rest of the file is not set by anybody else.</summary>
    public void Heed(ScriptStatement statement)
    {
        if (statement.SessionEffect == SessionEffect.Setting)
        {
            _limitsLocks &= !statement.Text.Contains("lock_timeout", StringComparison.OrdinalIgnoreCase);
            _limitsTime &= !statement.Text.Contains("statement_timeout", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The command.</summary>
    /// <param name="marker">What the server says when it is there; <see langword="null"/> when nobody listens.</param>
    public string Of(string? marker)
    {
        var locks = _limitsLocks && SessionState.StatementLockTimeout(script, config) is { } lockLimit ? $"'{SessionState.Milliseconds(lockLimit)}'" : "lock_timeout";
        var time = _limitsTime && config.Settings.CommandTimeout > TimeSpan.Zero
            ? $"PERFORM pg_catalog.set_config('statement_timeout', '{SessionState.Milliseconds(config.Settings.CommandTimeout)}', true);"
            : "";
        var notice = marker is null ? "" : $"""
            PERFORM pg_catalog.set_config('client_min_messages', 'notice', true);
              RAISE NOTICE '{marker}%', pg_catalog.pg_backend_pid();
              PERFORM pg_catalog.set_config('client_min_messages', messages, true);
            """;
        return FormattableString.Invariant($"""
            DO $migration_tasks$
            DECLARE
              lock_timeout text := pg_catalog.current_setting('lock_timeout');
              messages text := pg_catalog.current_setting('client_min_messages');
            BEGIN
              PERFORM pg_catalog.set_config('lock_timeout', '{SessionState.LockTimeout(config)}', true);
              PERFORM pg_catalog.pg_advisory_xact_lock({history.LockKey});
              PERFORM pg_catalog.set_config('lock_timeout', {locks}, true);
              {time}
              {notice}
            END $migration_tasks$
            """);
    }
}
