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

    /// <summary><see cref="Target"/>, so that a configuration may be printed without harm.</summary>
    public sealed override string ToString() => Target;
}
