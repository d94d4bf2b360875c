namespace MigrationTasks.Engine.Scripts;

/// <summary>What a statement does to the session that it runs in, and that another session knows nothing of.</summary>
public enum SessionEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It sets something and does no more, such as <c>SET search_path</c>: repeated, it does the same.</summary>
    Setting,

    /// <summary>It locks tables, and lets go of those that were locked; the session can use no others until it <see cref="Unlocks"/>.</summary>
    Locks,

    /// <summary>It lets go of the tables that were locked.</summary>
    Unlocks,

    /// <summary>It makes something that goes with the session, such as a temporary table: what was put into it is gone too.</summary>
    Temporary,
}
