using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>
/// What a run does of its own, without a database: reads every file, computes its checksum, and compares it with a history in
/// which all but the last one are applied.
/// </summary>
internal static class PlanHost
{
    public const string Name = "plan";

    /// <summary>Prints how many seconds that took, the compiling of it included.</summary>
    public static int Run(string folder)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var files = MigrationFolder.Read(folder, PostgreSqlDialect.Instance, Placeholders.None);
        var read = Stopwatch.GetElapsedTime(startedAt);

        var rows = files.Migrations.SkipLast(1).Select(migration => new HistoryRow(migration.Name, migration.Checksum)).ToList();
        var history = new MigrationHistory(new HistoryTableName("public", "schema_migrations"), HistoryTableState.Complete, rows);

        startedAt = Stopwatch.GetTimestamp();
        var plan = MigrationPlan.Create(files, history, new PlanOptions());
        var planned = Stopwatch.GetElapsedTime(startedAt);
        Console.WriteLine((read + planned).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return plan.Steps.Count == 1 ? 0 : 1;
    }
}
