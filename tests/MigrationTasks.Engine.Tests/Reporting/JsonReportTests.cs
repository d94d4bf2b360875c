using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;

namespace MigrationTasks.Engine.Tests.Reporting;

[TestClass]
public sealed class JsonReportTests
{
    [TestMethod]
    public void A_rollback_has_the_documented_shape() =>
        Assert.Contains(
            """
                  "durationMs": 20,
                  "overtaken": 0,
                  "left": 0,
                  "rolledBack": [
                    {
                      "migration": "003_third.sql",
                      "durationMs": 3,
                      "source": "header"
                    },
                    {
                      "migration": "002_second_and_longer.sql",
                      "durationMs": 12,
                      "source": "history"
                    }
                  ],
                  "warnings": [],
                  "errors": []
            """,
            JsonReport.Of(SampleReports.Of(SampleReports.TwoUndone)));

    [TestMethod]
    public void The_shape_is_the_documented_one() =>
        Assert.AreEqual(
            """
            {
              "formatVersion": 1,
              "project": "Shop",
              "succeeded": false,
              "databases": [
                {
                  "database": "sqlite",
                  "displayName": "sqlite",
                  "target": "app.db",
                  "folder": "migrations/sqlite",
                  "succeeded": false,
                  "durationMs": 1530.457,
                  "alreadyApplied": 0,
                  "pending": 4,
                  "empty": 0,
                  "applied": [
                    {
                      "migration": "001_first.sql",
                      "durationMs": 12,
                      "resumedAtStatement": null
                    },
                    {
                      "migration": "002_second_and_longer.sql",
                      "durationMs": 1500,
                      "resumedAtStatement": 3
                    }
                  ],
                  "warnings": [],
                  "errors": [
                    {
                      "code": "MIG4005",
                      "message": "no such table: <b>",
                      "file": "migrations/sqlite/003_third.sql",
                      "line": 3,
                      "column": 7
                    }
                  ]
                }
              ]
            }

            """,
            JsonReport.Of(SampleReports.Of(SampleReports.Failed)));

    [TestMethod]
    public void What_is_not_known_is_null()
    {
        var warning = new Diagnostic(DiagnosticSeverity.Warning, "MIG1014", "odd", SourceLocation.None);

        var json = JsonReport.Of(SampleReports.Of(SampleReports.UpToDate with { Warnings = [warning] }));

        Assert.Contains("\"file\": null", json);
        Assert.Contains("\"line\": null", json);
        Assert.Contains("\"column\": null", json);
    }

    [TestMethod]
    public void A_path_outside_the_project_stays_whole()
    {
        var elsewhere = Path.GetFullPath(Path.Combine(SampleReports.ProjectDirectory, "..", "shared", "sqlite"));

        Assert.Contains($"\"folder\": \"{elsewhere.Replace('\\', '/')}\"", JsonReport.Of(SampleReports.Of(SampleReports.UpToDate with { Folder = elsewhere })));
    }

    [TestMethod]
    public void A_project_has_succeeded_when_all_its_databases_have()
    {
        Assert.IsTrue(SampleReports.Of(SampleReports.TwoApplied, SampleReports.UpToDate).Succeeded);
        Assert.IsFalse(SampleReports.Of(SampleReports.TwoApplied, SampleReports.Failed).Succeeded);
    }
}
