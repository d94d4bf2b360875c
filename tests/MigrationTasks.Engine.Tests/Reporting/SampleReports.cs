using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

/// <summary>Reports as runs leave them.</summary>
internal static class SampleReports
{
    public static readonly string ProjectDirectory = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "shop"));

    public static readonly RunReport TwoApplied = new()
    {
        Database = "sqlite",
        Target = "app.db",
        Folder = Path.Combine(ProjectDirectory, "migrations", "sqlite"),
        Applied =
        [
            new AppliedMigration("001_first.sql", TimeSpan.FromMilliseconds(12)),
            new AppliedMigration("002_second_and_longer.sql", TimeSpan.FromMilliseconds(1500)) { ResumedAt = 3 },
        ],
        Duration = TimeSpan.FromMilliseconds(1530.4567),
    };

    public static readonly RunReport UpToDate = TwoApplied with { Applied = [], AlreadyApplied = 3 };

    public static readonly RunReport Failed = TwoApplied with
    {
        Pending = 4,
        Errors = [new Diagnostic(DiagnosticSeverity.Error, "MIG4005", "no such table: <b>", new SourceLocation(Path.Combine(ProjectDirectory, "migrations", "sqlite", "003_third.sql"), 3, 7))],
    };

    public static readonly RollbackReport TwoUndone = new()
    {
        Database = "sqlite",
        Target = "app.db",
        Folder = Path.Combine(ProjectDirectory, "migrations", "sqlite"),
        RolledBack =
        [
            new UndoneMigration("003_third.sql", TimeSpan.FromMilliseconds(3), RollbackSource.Header),
            new UndoneMigration("002_second_and_longer.sql", TimeSpan.FromMilliseconds(12), RollbackSource.History),
        ],
        Applied = 1,
        Duration = TimeSpan.FromMilliseconds(20),
    };

    public static ProjectReport Of(params IReadOnlyList<DatabaseReport> reports) => new("Shop", ProjectDirectory, reports);
}
