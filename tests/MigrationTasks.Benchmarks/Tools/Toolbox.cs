using MigrationTasks.Benchmarks.Hosts;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>Everything that is measured. MigrationTasks comes first: the others are compared with it.</summary>
internal static class Toolbox
{
    public static IReadOnlyList<Tool> PostgreSql { get; } =
    [
        new HostedTool("MigrationTasks", MigrationTasksHost.PostgreSql),
        new HostedTool("DbUp", DbUpHost.PostgreSql),
        new HostedTool("Evolve", EvolveHost.PostgreSql, migration => $"V{migration.Version}__{migration.Title}.sql"),
        new FluentMigratorTool(),
        NodeTool.Dbmate,
        NodeTool.NodePgMigrate,
        NodeTool.NodePgMigrateAtOnce,
        new GraphileMigrateTool(),
        NodeTool.Runner,
        new SqitchTool(),
        new PsqlTool(),
    ];

    public static IReadOnlyList<Tool> Sqlite { get; } =
    [
        new HostedTool("MigrationTasks", MigrationTasksHost.Sqlite),
        new HostedTool("DbUp", DbUpHost.Sqlite),
        new SqliteShellTool(),
    ];

    public static IReadOnlyList<Tool> MySql { get; } =
    [
        new HostedTool("MigrationTasks", MigrationTasksHost.MySql),
        new DbUpMySqlTool(),
        new HostedTool("Evolve", EvolveHost.MySql, migration => $"V{migration.Version}__{migration.Title}.sql"),
        NodeTool.Dbmate,
        new MariaDbTool(),
    ];
}
