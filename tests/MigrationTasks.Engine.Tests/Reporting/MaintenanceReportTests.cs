using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

/// <summary>The reports of the commands that change the history alone.</summary>
[TestClass]
public sealed class MaintenanceReportTests
{
    private static readonly BaselineReport Baseline = Report(new BaselineReport { Database = "", Folder = "", Version = MigrationVersion.TryParse("002", out var version) ? version : default, Marked = ["001_a.sql", "002_b.sql"] });

    private static readonly RepairReport Repair = Report(new RepairReport
    {
        Database = "",
        Folder = "",
        Done = [new RowRepair(Repairs.Failed, new HistoryRow("001_a.sql"), null)],
        Possible = [new RowRepair(Repairs.Missing, new HistoryRow("002_b.sql"), null)],
    });

    private static readonly ImportReport Import = Report(new ImportReport
    {
        Database = "",
        Folder = "",
        Tool = "goose",
        Table = "goose_db_version",
        Lines = [new ImportLine("1", "001_a.sql", ImportOutcome.Imported), new ImportLine("R view|s", "R__views.sql", ImportOutcome.ImportedToRunAgain), new ImportLine("0", null, ImportOutcome.NeedsNoFile)],
        Pending = 3,
    });

    [TestMethod]
    public void What_a_baseline_marked_is_listed()
    {
        AssertJson(Baseline, """ "version": "2", "alreadyApplied": 0, "marked": [ "001_a.sql", "002_b.sql" ], "warnings" """);
        AssertMarkdown(Baseline, "**sqlite app.db: 2 migrations marked as applied, without running them**\n\n| Migration |\n| --- |\n| 001_a.sql |\n| 002_b.sql |\n");
    }

    [TestMethod]
    public void What_a_repair_did_is_told_from_what_could_be_done()
    {
        AssertJson(Repair, """ "repaired": [ { "migration": "001_a.sql", "repair": "failed", "newName": null } ], """
            + """ "possible": [ { "migration": "002_b.sql", "repair": "missing", "newName": null, "property": "-p:MigrateRepairMissing=true -p:MigrateRepairOnly=002" } ], "warnings" """);
        AssertMarkdown(Repair, "| Migration | Repair | Property |\n| --- | --- | --- |\n| 001_a.sql | row removed, it will run again from its beginning |  |\n| 002_b.sql | has no file: remove its row | ");
    }

    [TestMethod]
    public void What_each_entry_of_an_import_stands_for_is_listed()
    {
        AssertJson(Import, """ "tool": "goose", "table": "goose_db_version", "pending": 3, "entries": [ { "entry": "1", "migration": "001_a.sql", "outcome": "imported", "problem": null }, """
            + """ { "entry": "R view|s", "migration": "R__views.sql", "outcome": "importedToRunAgain", "problem": null }, { "entry": "0", "migration": null, "outcome": "needsNoFile", "problem": null } ], "warnings" """);
        AssertMarkdown(Import, "2 migrations imported from goose (goose_db_version), 3 pending**\n\n| Entry | Migration | Outcome |\n| --- | --- | --- |\n| 1 | 001_a.sql | imported |\n| R view&#124;s | R&#95;&#95;views.sql | imported, runs once more |\n| 0 | - | needs no file |\n");
    }

    private static TReport Report<TReport>(TReport report)
        where TReport : DatabaseReport => report with { Database = "sqlite", Target = "app.db", Folder = SampleReports.TwoApplied.Folder };

    private static void AssertJson(DatabaseReport report, string expected) => Assert.Contains(Words(expected), Words(JsonReport.Of(SampleReports.Of(report))));

    private static void AssertMarkdown(DatabaseReport report, string expected) => Assert.Contains(expected, MarkdownReport.Of(SampleReports.Of(report)));

    private static string Words(string json) => string.Join(' ', json.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
