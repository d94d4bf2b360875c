using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class StatusTableTests
{
    // One character for a reader, two in memory.
    private const string Decomposed = "002_gro\u0308ßer.sql";

    private static readonly StatusReport Report = new()
    {
        Database = "postgresql",
        Target = "shop at localhost",
        Folder = SampleReports.ProjectDirectory,
        Entries =
        [
            new PlanEntry("001_first.sql", MigrationState.Applied, null, new HistoryRow("001_first.sql", ExecutedAt: new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Duration: TimeSpan.FromMilliseconds(12))),
            new PlanEntry(Decomposed, MigrationState.Missing, null, new HistoryRow(Decomposed)),
            new PlanEntry("003_third.sql", MigrationState.Pending, null, null),
        ],
    };

    [TestMethod]
    public void The_columns_are_aligned_and_what_is_not_known_stays_empty() =>
        Assert.AreEqual(
            $"""
            postgresql shop at localhost: 2 applied, 1 pending
                Migration        State                   When (UTC)            Took
                001_first.sql    applied                 2026-01-02 03:04:05   12 ms
                {Decomposed}   applied, file missing
                003_third.sql    pending
            """,
            TextReport.Of([Report]));

    [TestMethod]
    public void A_folder_without_migrations_has_no_table() =>
        Assert.AreEqual("postgresql shop at localhost: 0 applied, 0 pending", TextReport.Of([Report with { Entries = [] }]));

    [TestMethod]
    public void A_database_that_cannot_be_read_has_no_known_status() =>
        Assert.AreEqual("postgresql shop at localhost: status unknown", TextReport.Of([Report with { Errors = SampleReports.Failed.Errors }]));
}
