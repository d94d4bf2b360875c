using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class ImportSummaryTests
{
    private static readonly ImportReport Report = new()
    {
        Database = "postgresql",
        Target = "shop at localhost",
        Folder = "/p",
        Tool = "Flyway",
        Table = "public.flyway_schema_history",
        Pending = 2,
        Lines =
        [
            new("<< Flyway Baseline >>", "001_a.sql", ImportOutcome.Baseline),
            new("V2 b", "002_b.sql", ImportOutcome.Imported),
            new("V3 c", "003_c.sql", ImportOutcome.AlreadyApplied),
            new("R views", "R__views.sql", ImportOutcome.ImportedToRunAgain),
            new("R rights", null, ImportOutcome.NeedsNoFile),
        ],
    };

    [TestMethod]
    public void Every_entry_has_a_line_with_what_became_of_it() =>
        Assert.AreEqual(
            """
            postgresql shop at localhost: 3 migrations imported from Flyway (public.flyway_schema_history), 2 pending
                Entry                   Migration
                << Flyway Baseline >>   001_a.sql      baseline
                V2 b                    002_b.sql      imported
                V3 c                    003_c.sql      in the history already
                R views                 R__views.sql   imported, runs once more
                R rights                -              needs no file
            """,
            TextReport.Of([Report]));

    [TestMethod]
    public void A_mapping_that_was_not_written_says_so_in_every_line() =>
        Assert.AreEqual(
            """
            postgresql shop at localhost: nothing imported from Flyway (public.flyway_schema_history)
                Entry   Migration
                V1 a    001_a.sql   certain
                V2 b    -           failed there
                V3 c    -           not certain: no file has its name
            """,
            TextReport.Of(
            [
                Report with
                {
                    Errors = SampleReports.Failed.Errors,
                    Lines = [new("V1 a", "001_a.sql", ImportOutcome.Imported), new("V2 b", null, ImportOutcome.Failed), new("V3 c", null, ImportOutcome.Uncertain, "no file has its name")],
                },
            ]));

    [TestMethod]
    public void There_may_be_nothing_to_import()
    {
        Assert.AreEqual("postgresql shop at localhost: nothing to import from Flyway (public.flyway_schema_history), 0 pending", TextReport.Of([Report with { Lines = [], Pending = 0 }]));
        Assert.AreEqual("postgresql shop at localhost: failed, nothing imported", TextReport.Of([Report with { Tool = "", Lines = [], Errors = SampleReports.Failed.Errors }]));
    }
}
