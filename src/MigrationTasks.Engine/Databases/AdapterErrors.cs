using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Databases;

/// <summary>The errors of a database that an adapter reports: each with its code, its place, its cause and what to do next.</summary>
public static class AdapterErrors
{
    /// <summary>MIG1007: the connection variable does not hold what the database's connections look like.</summary>
    /// <param name="settings">Name the variable; its value is never shown.</param>
    /// <param name="problem">What is wrong with it, a sentence without any part that could be secret.</param>
    /// <param name="form">What the value looks like.</param>
    public static MigrationException ConnectionMalformed(DatabaseSettings settings, string problem, string form)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Errors.ConnectionMalformed(settings.Variable, problem, form);
    }

    /// <summary>MIG4001: the server cannot be reached.</summary>
    /// <param name="config">The database.</param>
    /// <param name="problem">What the system said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException Unreachable(DatabaseConfig config, string problem, Exception? cause) => Errors.ConnectionFailed(TargetOf(config), config.Settings.Variable, problem, cause);

    /// <summary>MIG4002: the server refused the user or the password.</summary>
    /// <param name="config">The database.</param>
    /// <param name="problem">What the server said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException LoginRefused(DatabaseConfig config, string problem, Exception? cause) => Errors.AuthenticationFailed(TargetOf(config), config.Settings.Variable, problem, cause);

    /// <summary>MIG4003: there is no such database.</summary>
    /// <param name="config">The database.</param>
    /// <param name="problem">What the server said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DatabaseNotFound(DatabaseConfig config, string problem, Exception? cause) => Errors.DatabaseNotFound(TargetOf(config), config.Settings.Variable, problem, cause);

    /// <summary>MIG4010: the database can be read but not written.</summary>
    /// <param name="config">The database.</param>
    /// <param name="problem">What the database said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException ReadOnly(DatabaseConfig config, string problem, Exception? cause) => Errors.ReadOnly(TargetOf(config), problem, cause);

    /// <summary>MIG4013: the database refused a statement of MigrationTasks itself.</summary>
    /// <param name="config">The database.</param>
    /// <param name="action">What was being done: "reading the history".</param>
    /// <param name="problem">What the database said: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException Refused(DatabaseConfig config, string action, string problem, Exception? cause) => Errors.DatabaseRefused(TargetOf(config), action, problem, cause);

    /// <summary>MIG3008: another run was at work for longer than this one waits.</summary>
    /// <param name="config">The database.</param>
    /// <param name="holder">Who it is, where the database tells: a clause.</param>
    public static MigrationException RunLockTimeout(DatabaseConfig config, string? holder = null) => Errors.LockTimeout(TargetOf(config), config.Settings.LockTimeout, holder);

    /// <summary>MIG4005: the database refused a statement of a migration.</summary>
    /// <param name="location">The place in the file, as exactly as the database tells.</param>
    /// <param name="problem">What the database said: a sentence.</param>
    /// <param name="consequence">What became of the migration: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException StatementFailed(SourceLocation location, string problem, string consequence, Exception? cause) => Errors.StatementFailed(location, problem, consequence, cause);

    /// <summary>MIG4012: a statement ran longer than the command timeout.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="config">The database.</param>
    /// <param name="consequence">What became of the migration: a sentence.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException CommandTimeout(SourceLocation location, DatabaseConfig config, string consequence, Exception? cause)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, cause);
    }

    private static string TargetOf(DatabaseConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Target;
    }
}
