namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>The tables in which MigrationTasks keeps what it knows of a database, as far as that can be said without asking it.</summary>
/// <param name="Schema">What holds them, a schema or a database; <see langword="null"/> for the usual one, when that has no name yet.</param>
/// <param name="History">The table of the history.</param>
public sealed record OwnTableSet(string? Schema, string History)
{
    /// <summary>A table beside it that holds the run lock, where the database needs one.</summary>
    public string? Lock { get; init; }

    /// <summary>Where names without a schema are looked for unless a script says otherwise, in order; none for the usual place.</summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>The database, when a connection says it.</summary>
    public string? Database { get; init; }

    /// <summary>The user, when a connection says it.</summary>
    public string? User { get; init; }

    /// <summary>The history as messages and statements name it.</summary>
    public string HistoryName => Qualify(History);

    /// <summary>A table beside the history, with what holds it where that has a name.</summary>
    /// <param name="table">The table.</param>
    public string Qualify(string table) => Schema is null ? table : $"{Schema}.{table}";
}
