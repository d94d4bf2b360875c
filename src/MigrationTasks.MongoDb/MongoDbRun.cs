using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MongoDb;

/// <summary>What all runs of a script have to work with.</summary>
/// <param name="Session">The session.</param>
/// <param name="Config">The database.</param>
/// <param name="History">The history.</param>
/// <param name="Lease">The run lock, which is held.</param>
/// <param name="Observer">Watches.</param>
internal sealed record MongoDbRun(MongoDbSession Session, MongoDbConfig Config, MongoDbHistory History, MongoDbLease Lease, IRunObserver Observer)
{
    /// <summary>Runs a command of a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="statement">The command.</param>
    /// <param name="cancellation">Stops it on the server.</param>
    public Task ExecuteAsync(MigrationScript script, ScriptStatement statement, CancellationToken cancellation) =>
        Session.RunAsync(MongoDbCommand.Read(statement.Text, PlaceOf(script, statement)), Config.Settings.CommandTimeout, cancellation);

    /// <summary>How long a command of a script itself says that it may run.</summary>
    public static TimeSpan? OwnLimitOf(MigrationScript script, ScriptStatement statement) => MongoDbCommand.Read(statement.Text, PlaceOf(script, statement)).OwnLimit;

    /// <summary>Where a command of a script stands.</summary>
    public static SourceLocation PlaceOf(MigrationScript script, ScriptStatement statement) =>
        script.Locate(new SourceLocation(script.Location.File, statement.Line, statement.Column));

    /// <summary>MIG4021: the run lock is lost.</summary>
    public MigrationException LockLost(SourceLocation location, string consequence) =>
        Errors.RunLockLost(location, Config.Target, Lease.Problem.Length > 0 ? Lease.Problem : "its row of the history is gone, or another run's.", consequence);
}
