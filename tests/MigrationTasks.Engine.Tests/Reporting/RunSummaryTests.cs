using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class RunSummaryTests
{
    [TestMethod]
    public void Applied_migrations_stand_below_their_database_with_their_times() =>
        Assert.AreEqual(
            """
            sqlite app.db: 2 migrations applied in 1.5 s
                001_first.sql               12 ms
                002_second_and_longer.sql   1.5 s, resumed at statement 3
            """,
            TextReport.Of([SampleReports.TwoApplied]));

    [TestMethod]
    public void A_database_where_nothing_was_pending_is_up_to_date() =>
        Assert.AreEqual("sqlite app.db: up to date (3 applied)", TextReport.Of([SampleReports.UpToDate]));

    [TestMethod]
    public void A_folder_without_migrations_is_not_said_to_be_up_to_date() =>
        Assert.AreEqual("sqlite app.db: no migrations", TextReport.Of([SampleReports.UpToDate with { AlreadyApplied = 0 }]));

    [TestMethod]
    public void A_failure_tells_what_was_applied_before_it_and_what_is_pending() =>
        Assert.StartsWith("sqlite app.db: failed after 2 migrations applied in 1.5 s, 4 pending\n    001_first.sql", TextReport.Of([SampleReports.Failed]));

    [TestMethod]
    public void A_failure_before_the_first_migration_says_that_nothing_was_applied() =>
        Assert.AreEqual("sqlite app.db: failed, nothing applied, 4 pending", TextReport.Of([SampleReports.Failed with { Applied = [] }]));

    [TestMethod]
    public void Undone_migrations_stand_below_their_database_with_where_the_SQL_came_from() =>
        Assert.AreEqual(
            """
            sqlite app.db: 2 migrations rolled back in 20 ms
                003_third.sql               3 ms
                002_second_and_longer.sql   12 ms   by the SQL that the history kept
            """,
            TextReport.Of([SampleReports.TwoUndone]));

    [TestMethod]
    [DataRow(0, 0, true, "nothing to roll back (1 applied)")]
    [DataRow(0, 2, true, "nothing left to roll back, another run did it (1 applied)")]
    [DataRow(1, 1, true, "1 migration rolled back in 20 ms, 1 more by another run")]
    [DataRow(0, 0, false, "failed, nothing rolled back")]
    [DataRow(1, 0, false, "failed after 1 migration rolled back in 20 ms, 3 left")]
    public void A_rollback_says_what_it_did_and_what_others_did(int undone, int overtaken, bool succeeded, string result)
    {
        var report = SampleReports.TwoUndone with
        {
            RolledBack = [.. SampleReports.TwoUndone.RolledBack.Take(undone)],
            Overtaken = overtaken,
            Left = 3,
            Errors = succeeded ? [] : SampleReports.Failed.Errors,
        };

        Assert.AreEqual($"sqlite app.db: {result}", TextReport.Result(report));
    }

    [TestMethod]
    public void Several_databases_stand_one_below_the_other() =>
        Assert.AreEqual(
            """
            sqlite app.db: up to date (3 applied)
              sqlite app.db: up to date (3 applied)
            """,
            TextReport.Of([SampleReports.UpToDate, SampleReports.UpToDate]));

    [TestMethod]
    public void A_project_that_is_not_in_order_has_no_result_but_its_errors() =>
        Assert.AreEqual("", TextReport.Of([SampleReports.Failed with { Database = "" }]));

    [TestMethod]
    public void Names_cannot_speak_to_the_pipeline()
    {
        var report = SampleReports.TwoApplied with { Applied = [new AppliedMigration("001_##vso[task.complete]\e[31m.sql", TimeSpan.Zero)] };

        var summary = TextReport.Of([report]);

        Assert.DoesNotContain("##vso[", summary);
        Assert.DoesNotContain("\e", summary);
    }
}
