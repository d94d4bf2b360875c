namespace MigrationTasks.TestServers;

/// <summary>Where a <see cref="PostgreSqlServer"/> comes from.</summary>
public enum PostgreSqlServerKind
{
    /// <summary>The variable <c>MIGRATIONTASKS_TEST_POSTGRES</c> names it; it was there before and stays.</summary>
    External,

    /// <summary>Started in a container.</summary>
    Container,

    /// <summary>Started from this machine's binaries.</summary>
    Local,
}
