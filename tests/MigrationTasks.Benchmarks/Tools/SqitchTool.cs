using System.Diagnostics;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>sqitch: a plan that lists the changes, and a deploy script with its own transaction for each.</summary>
internal sealed class SqitchTool() : Tool("sqitch")
{
    public override string? Missing => Program.Find("sqitch") is null ? "sqitch is not installed" : null;

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations)
    {
        var plan = migrations.Select(migration => $"{migration.Title} 2026-01-01T00:00:00Z Bench <bench@example.com> # {migration.Title}\n");
        WriteFiles(folder,
        [
            ("sqitch.conf", "[core]\n\tengine = pg\n"),
            ("sqitch.plan", $"%syntax-version=1.0.0\n%project=bench\n\n{string.Concat(plan)}"),
        ]);
        WriteFiles(Path.Combine(folder, "deploy"), migrations.Select(migration => ($"{migration.Title}.sql", $"BEGIN;\n{migration.Sql}COMMIT;\n")));
    }

    public override ProcessStartInfo Migrate(string folder, Database database)
    {
        var start = new ProcessStartInfo("sqitch", ["deploy", "--target", $"db:{database.Url.Replace("postgres://", "pg://", StringComparison.Ordinal)}"]) { WorkingDirectory = folder };
        start.Environment["SQITCH_USER_NAME"] = "Bench";
        start.Environment["SQITCH_USER_EMAIL"] = "bench@example.com";
        return start;
    }
}
