namespace MigrationTasks.Engine.Databases;

/// <summary>What a project asks of its databases, whichever they are: said once, and handed on as it is to each of them.</summary>
public abstract record DatabaseOptions
{
    /// <summary>Whether the history of the database's own tool, the Supabase CLI, is kept up beside ours; other databases have none.</summary>
    public bool KeepsToolHistory { get; init; }

    /// <summary>How long to go on trying to connect to a server that is not there yet; <see cref="TimeSpan.Zero"/> to try once.</summary>
    public TimeSpan ConnectTimeout { get; init; }

    /// <summary>How long to wait for another run on the same database; <see cref="TimeSpan.Zero"/> for not at all.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a statement of a migration waits for a lock that somebody else holds, before the migration steps aside and
    /// tries again; <see cref="TimeSpan.Zero"/> for what the server is set to.
    /// </summary>
    public TimeSpan StatementLockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a migration is tried again that did not get a lock, or that the server chose as the victim of a deadlock; 0 for never.</summary>
    public int StatementLockRetries { get; init; } = 10;

    /// <summary>How long one statement may run; <see cref="TimeSpan.Zero"/> for as long as it takes.</summary>
    public TimeSpan CommandTimeout { get; init; }
}
