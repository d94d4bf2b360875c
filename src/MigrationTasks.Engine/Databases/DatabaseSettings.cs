using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Databases;

/// <summary>What a database's configuration is made of, besides the connection itself.</summary>
public sealed record DatabaseSettings : DatabaseOptions
{
    /// <summary>Starts with what is usual.</summary>
    public DatabaseSettings()
    {
    }

    /// <summary>Starts with what a project asks of its databases.</summary>
    /// <param name="options">What it asks.</param>
    internal DatabaseSettings(DatabaseOptions options)
        : base(options)
    {
    }

    /// <summary>The project's folder, a full path: relative paths in a connection start there.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The name of the variable that the connection was read from.</summary>
    public required string Variable { get; init; }

    /// <summary>The history table.</summary>
    public HistoryTableName HistoryTable { get; init; } = HistoryTableName.Default;
}
