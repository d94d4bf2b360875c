using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class ValidationSummaryTests
{
    private static readonly ValidationReport Valid = new() { Database = "sqlite", Target = "app.db", Folder = SampleReports.ProjectDirectory, Migrations = 3 };

    [TestMethod]
    public void A_folder_in_order_is_valid()
    {
        Assert.AreEqual("sqlite app.db: 3 migrations are valid", TextReport.Of([Valid]));
        Assert.AreEqual("sqlite app.db: 1 migration is valid", TextReport.Of([Valid with { Migrations = 1 }]));
        Assert.AreEqual("sqlite app.db: 0 migrations are valid", TextReport.Of([Valid with { Migrations = 0 }]));
    }

    [TestMethod]
    public void Problems_are_counted()
    {
        var problem = SampleReports.Failed.Errors[0];

        Assert.AreEqual("sqlite app.db: 3 migrations are valid, 1 warning", TextReport.Of([Valid with { Warnings = [problem] }]));
        Assert.AreEqual("sqlite app.db: 3 migrations checked, 1 error, 2 warnings", TextReport.Of([Valid with { Errors = [problem], Warnings = [problem, problem] }]));
        Assert.AreEqual("sqlite: not checked, 1 error", TextReport.Of([Valid with { Target = "", Migrations = 0, Errors = [problem] }]));
    }

    [TestMethod]
    public void What_was_not_checked_is_said() => Assert.AreEqual(
        "sqlite: 3 migrations are valid; checksums and order were not checked, because SQLITE_URL is not set",
        TextReport.Of([Valid with { Target = "", MissingVariable = "SQLITE_URL" }]));

    [TestMethod]
    public void A_report_lists_the_problems_as_far_as_there_is_room()
    {
        var problem = SampleReports.Failed.Errors[0];
        var report = new ProjectReport("Shop", SampleReports.ProjectDirectory, [Valid with { Warnings = [problem, problem, problem] }]);

        var markdown = MarkdownReport.Of(report, maximumRows: 2);

        Assert.Contains("**sqlite app.db: 3 migrations are valid, 3 warnings**", markdown);
        Assert.AreEqual(3, markdown.Split("\n- ").Length - 1);
        Assert.EndsWith("- … and 1 more\n\n", markdown);
    }

    [TestMethod]
    public void The_json_says_how_many_migrations_there_are_and_what_was_missing()
    {
        var json = JsonReport.Of(new ProjectReport("Shop", SampleReports.ProjectDirectory, [Valid with { MissingVariable = "SQLITE_URL" }]));

        Assert.Contains("\"migrations\": 3,\n      \"missingVariable\": \"SQLITE_URL\",\n", json.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("\"applied\"", json);
    }
}
