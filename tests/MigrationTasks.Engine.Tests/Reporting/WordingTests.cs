using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class WordingTests
{
    [TestMethod]
    [DataRow(0.0, "<1 ms")]
    [DataRow(0.4, "<1 ms")]
    [DataRow(0.6, "1 ms")]
    [DataRow(12.4, "12 ms")]
    [DataRow(999.4, "999 ms")]
    [DataRow(999.6, "1.0 s")]
    [DataRow(3_440.0, "3.4 s")]
    [DataRow(59_940.0, "59.9 s")]
    [DataRow(59_960.0, "1 min")]
    [DataRow(125_000.0, "2 min 5 s")]
    [DataRow(3_599_400.0, "59 min 59 s")]
    [DataRow(3_599_600.0, "1 h")]
    [DataRow(4_320_000.0, "1 h 12 min")]
    public void A_duration_has_the_precision_that_a_reader_needs(double milliseconds, string expected) =>
        Assert.AreEqual(expected, Wording.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [TestMethod]
    public void A_moment_is_shown_in_UTC() =>
        Assert.AreEqual("2026-01-02 01:04:05", Wording.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2))));

    [TestMethod]
    [DataRow(0, "0 migrations")]
    [DataRow(1, "1 migration")]
    [DataRow(5000, "5000 migrations")]
    public void A_noun_agrees_with_its_number(int count, string expected) =>
        Assert.AreEqual(expected, Wording.Of(count, "migration"));

    [TestMethod]
    public void Every_state_has_words_of_its_own()
    {
        var words = Enum.GetValues<MigrationState>().Select(state => StatusReport.WordsOf(state)).ToList();

        Assert.AreEqual(words.Count, words.Distinct().Count());
    }

    [TestMethod]
    public void What_was_never_run_here_is_told_apart()
    {
        Assert.AreEqual("baseline", Words(MigrationState.Applied, HistoryStatus.Baseline));
        Assert.AreEqual("imported", Words(MigrationState.Applied, HistoryStatus.Imported));
        Assert.AreEqual("applied, then edited", Words(MigrationState.Edited, HistoryStatus.Baseline));
        Assert.AreEqual("pending", StatusReport.WordsOf(new PlanEntry("001_a.sql", MigrationState.Pending, null, null)));
    }

    private static string Words(MigrationState state, HistoryStatus status) =>
        StatusReport.WordsOf(new PlanEntry("001_a.sql", state, null, new HistoryRow("001_a.sql", Status: status)));
}
