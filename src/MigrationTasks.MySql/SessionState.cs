using System.Globalization;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.MySql;

/// <summary>
/// What a session is told before each part of its work. What our own commands mean must not depend on what a file, the session or
/// the server has set.
/// </summary>
internal static class SessionState
{
    // Longer than anybody waits, and no more than any server allows.
    private const int Unlimited = 31_536_000;

    /// <summary>
    /// What comes before a claim: it waits for as long as for a lock. Times of the history are UTC, whatever type an earlier tool gave
    /// their column. From here on a backslash escapes, as it did for whoever split the script, whatever the server's own mode is.
    /// </summary>
    public static string ForClaim(MySqlConfig config) =>
        string.Create(CultureInfo.InvariantCulture, $"{ForRecord}; SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''), innodb_lock_wait_timeout = {SecondsOf(config.Settings.LockTimeout)}");

    /// <summary>What comes before the statements of a script.</summary>
    public static string ForStatements(MigrationScript script, MySqlConfig config)
    {
        var limit = script.LockTimeout is { } own ? own > TimeSpan.Zero ? SecondsOf(own) : Unlimited
            : config.Settings.StatementLockTimeout > TimeSpan.Zero ? SecondsOf(config.Settings.StatementLockTimeout)
            : (int?)null;
        var value = limit?.ToString(CultureInfo.InvariantCulture) ?? "DEFAULT";
        return $"SET SESSION time_zone = DEFAULT, innodb_lock_wait_timeout = {value}, lock_wait_timeout = {value}";
    }

    /// <summary>
    /// What comes before rows of the history are read or changed: each change is committed at once unless we begin a transaction, which
    /// ends where we end it; it may write; all rows are read.
    /// </summary>
    public const string ForRecord =
        "SET SESSION time_zone = '+00:00', autocommit = 1, completion_type = 0, sql_safe_updates = 0, sql_select_limit = 18446744073709551615; SET SESSION TRANSACTION READ WRITE";

    /// <summary>Ends a transaction of ours, whatever <c>completion_type</c> is.</summary>
    public const string Commit = "COMMIT AND NO CHAIN NO RELEASE";

    /// <summary>Rolls back what is open, whatever <c>completion_type</c> is.</summary>
    public const string RollBack = "ROLLBACK AND NO CHAIN NO RELEASE";

    /// <summary>A limit as the server takes it: whole seconds, at least one.</summary>
    public static int SecondsOf(TimeSpan limit) => (int)Math.Clamp(Math.Ceiling(limit.TotalSeconds), 1, Unlimited);
}
