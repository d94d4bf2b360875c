using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class MarkdownReportTests
{
    [TestMethod]
    public void Applied_migrations_are_a_table() =>
        Assert.AreEqual(
            """
            ### ✅ Database migrations: Shop

            **sqlite app.db: 2 migrations applied in 1.5 s**

            | Migration | Time |
            | --- | ---: |
            | 001_first.sql | 12 ms |
            | 002_second_and_longer.sql | 1.5 s, resumed at statement 3 |


            """,
            MarkdownReport.Of(SampleReports.Of(SampleReports.TwoApplied)));

    [TestMethod]
    public void A_failure_names_its_code_and_its_place_in_the_project()
    {
        var report = MarkdownReport.Of(SampleReports.Of(SampleReports.Failed));

        Assert.StartsWith("### ❌", report);
        Assert.Contains("- ❌ **MIG4005** migrations/sqlite/003_third.sql(3,7): no such table: &#60;b&#62;\n", report);
    }

    [TestMethod]
    public void A_project_that_is_not_in_order_is_told_too() =>
        Assert.Contains("**MIG4005**", MarkdownReport.Of(SampleReports.Of(SampleReports.Failed with { Database = "", Applied = [] })));

    [TestMethod]
    public void A_table_that_is_too_long_says_how_much_is_left_out()
    {
        var report = MarkdownReport.Of(SampleReports.Of(SampleReports.TwoApplied), maximumRows: 1);

        Assert.Contains("| … and 1 more | |", report);
        Assert.DoesNotContain("002_second", report);
    }

    [TestMethod]
    [DataRow("a|b")]
    [DataRow("`code`")]
    [DataRow("**bold**")]
    [DataRow("_slanted_")]
    [DataRow("<img src=x>")]
    [DataRow("[text](address)")]
    [DataRow("$a^2$")]
    [DataRow("&lt;")]
    [DataRow("@somebody #1")]
    [DataRow("back\\slash")]
    [DataRow("http://example.com WWW.example.com :smile:")]
    [DataRow("first\nsecond\r\n| third |")]
    public void What_comes_from_outside_shows_as_it_is(string text)
    {
        var escaped = MarkdownReport.Escape(text);

        Assert.DoesNotMatchRegex(@"[|`*<>[\]$@\\\n\r]|:/|:s|WWW\.", escaped);
        Assert.AreEqual(string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)), System.Net.WebUtility.HtmlDecode(escaped).Replace("  ", " ", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Underscores_inside_a_name_need_no_escape() =>
        Assert.AreEqual("001_create_users.sql", MarkdownReport.Escape("001_create_users.sql"));
}
