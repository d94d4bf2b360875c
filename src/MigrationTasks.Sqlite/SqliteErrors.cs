using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>Turns what SQLite answers into what is reported.</summary>
internal static class SqliteErrors
{
    // SQLite tells nobody who holds a lock, nor whether it is a run at all.
    private const string Holder = "or another program is writing to it";

    /// <summary>For a file that cannot be written.</summary>
    public static MigrationException ReadOnly(SqliteConfig config, string problem, Exception cause) =>
        Errors.ReadOnly(config.Target, problem, cause, "the permissions of the file and of its folder, and that the connection does not ask for mode=ro");

    /// <summary>For a database that somebody else is writing to.</summary>
    public static MigrationException Busy(SqliteConfig config) => Errors.LockTimeout(config.Target, config.Settings.LockTimeout, Holder);

    /// <summary>For a statement of MigrationTasks itself.</summary>
    public static MigrationException ForOwn(SqliteFailure failure, SqliteConfig config, string action, SourceLocation location = default, string consequence = "") => failure.PrimaryCode switch
    {
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN => ReadOnly(config, failure.Problem, failure),
        raw.SQLITE_NOTADB => Errors.DatabaseNotFound(config.Target, config.Settings.Variable, failure.Problem, failure),
        _ => Common(failure, config, location, consequence) ?? Errors.DatabaseRefused(config.Target, action, failure.Problem, failure),
    };

    /// <summary>For a statement that somebody wrote: its own fault, unless the disk, the lock or the clock is to blame.</summary>
    public static MigrationException ForStatement(SqliteFailure failure, SqliteConfig config, MigrationScript script, ScriptStatement statement, string consequence)
    {
        var location = script.Locate(statement.LocationOfByte(script.Location.File, failure.Offset));
        return Common(failure, config, location, consequence)
            ?? Errors.StatementFailed(location, $"{failure.Problem}{(failure.IsSyntaxError ? ForeignCommand.AdviceOn(statement.Text) : "")}", consequence, failure);
    }

    private static MigrationException? Common(SqliteFailure failure, SqliteConfig config, SourceLocation location, string consequence) => failure switch
    {
        { IsBusy: true } => Busy(config),
        { TimedOut: true } => Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, failure),
        { PrimaryCode: raw.SQLITE_FULL } => Errors.DiskFull(location, config.Target, failure.Problem, consequence, failure),
        _ => null,
    };
}
