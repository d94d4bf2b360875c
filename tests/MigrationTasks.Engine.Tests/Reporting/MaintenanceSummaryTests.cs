using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Reporting;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class MaintenanceSummaryTests
{
    private static readonly BaselineReport Baseline = new() { Database = "sqlite", Target = "app.db", Folder = "/p", Version = Version("3") };
    private static readonly RepairReport Repair = new() { Database = "sqlite", Target = "app.db", Folder = "/p" };

    [TestMethod]
    public void A_baseline_lists_what_it_marked()
    {
        Assert.AreEqual("sqlite app.db: 2 migrations marked as applied, without running them\n    001_a.sql\n    002_b.sql", TextReport.Of([Baseline with { Marked = ["001_a.sql", "002_b.sql"] }]));
        Assert.AreEqual("sqlite app.db: 1 migration marked as applied, without running it\n    001_a.sql", TextReport.Of([Baseline with { Marked = ["001_a.sql"] }]));
        Assert.AreEqual("sqlite app.db: nothing to mark, 3 migrations up to version 3 are applied already", TextReport.Of([Baseline with { AlreadyApplied = 3 }]));
        Assert.AreEqual("sqlite app.db: failed, nothing marked", TextReport.Of([Baseline with { Errors = SampleReports.Failed.Errors }]));
        Assert.AreEqual("", TextReport.Of([Baseline with { Database = "", Errors = SampleReports.Failed.Errors }]));
    }

    [TestMethod]
    public void A_repair_lists_what_it_did_and_what_it_could_do()
    {
        var edited = new RowRepair(Repairs.Checksums, new HistoryRow("001_a.sql"), File("001_a"));
        var renamed = new RowRepair(Repairs.Renamed, new HistoryRow("002_b.sql"), File("002_x"));
        var failed = new HistoryRow("003_c.sql", Status: HistoryStatus.Failed, StatementsDone: 2);
        var interrupted = new HistoryRow("003_c.sql", Status: HistoryStatus.Running, StatementsDone: 1);
        var missing = new RowRepair(Repairs.Missing, new HistoryRow("004_d.sql"), null);

        Assert.AreEqual("sqlite app.db: nothing to repair", TextReport.Of([Repair]));
        Assert.AreEqual("sqlite app.db: failed, nothing repaired", TextReport.Of([Repair with { Errors = SampleReports.Failed.Errors }]));
        Assert.AreEqual(
            """
            sqlite app.db: 2 repairs made
                001_a.sql   accepted as its file is now; none of it was run
                002_b.sql   recorded as 002_x.sql
            """,
            TextReport.Of([Repair with { Done = [edited, renamed] }]));
        Assert.AreEqual(
            """
            sqlite app.db: nothing repaired, 4 possible repairs
                001_a.sql   was edited: accept it as its file is now, without running it                    -p:MigrateRepairChecksums=true
                002_b.sql   was renamed: record it as 002_x.sql                                             -p:MigrateRepairRenamed=true
                003_c.sql   failed after 2 statements: remove its row, run it again from its beginning      -p:MigrateRepairFailed=true
                003_c.sql   was interrupted after 1 statement, perhaps one more: mark it as applied         -p:MigrateRepairCompleted=true
            """.Replace("      -p", "   -p", StringComparison.Ordinal),
            TextReport.Of([Repair with { Possible = [edited, renamed, new RowRepair(Repairs.Failed, failed, File("003_c")), new RowRepair(Repairs.Completed, interrupted, File("003_c"))] }]));
        Assert.AreEqual(
            """
            sqlite app.db: 3 repairs made, 1 more possible repair
                004_d.sql   row removed
                003_c.sql   row removed, it will run again from its beginning
                003_c.sql   marked as applied
                004_d.sql   has no file: remove its row                         -p:MigrateRepairMissing=true -p:MigrateRepairOnly=004
            """,
            TextReport.Of([Repair with { Done = [missing, new RowRepair(Repairs.Failed, failed, File("003_c")), new RowRepair(Repairs.Completed, failed, File("003_c"))], Possible = [missing] }]));
    }

    private static Migration File(string stem) =>
        new($"/p/{stem}.sql", new MigrationFileName(Version(stem[..3]), stem[4..], false), "sha256:same", MigrationHeader.Empty, null, SqliteDialect.Instance, Placeholders.None);

    private static MigrationVersion Version(string digits) => MigrationVersion.TryParse(digits, out var version) ? version : default;
}
