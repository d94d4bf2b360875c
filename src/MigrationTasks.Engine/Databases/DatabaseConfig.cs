using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Databases;

/// <summary>How one database is reached. Each adapter has its own; what is secret in it never leaves the adapter.</summary>
/// <param name="settings">What all databases have in common.</param>
public abstract class DatabaseConfig(DatabaseSettings settings)
{
    /// <summary>What all databases have in common.</summary>
    public DatabaseSettings Settings { get; } = settings;

    /// <summary>The database as a person would name it, without any secret: <c>app at db.example.com:5432</c>.</summary>
    public abstract string Target { get; }

    /// <summary>The tables in which MigrationTasks keeps what it knows of the database; no migration may touch them.</summary>
    public virtual OwnTableSet OwnTables => new(Settings.HistoryTable.Schema, Settings.HistoryTable.Table);

    /// <summary>
    /// Where the history is: the same for two connections that certainly lead to one history, <see langword="null"/> where no other connection
    /// leads to it, as in memory. It is compared, never shown, and holds no secret.
    /// </summary>
    public virtual string? HistoryLocation => $"{GetType().FullName}: {Target}: {OwnTables.HistoryName}";

    /// <summary><see cref="Target"/>, so that a configuration may be printed without harm.</summary>
    public sealed override string ToString() => Target;
}
