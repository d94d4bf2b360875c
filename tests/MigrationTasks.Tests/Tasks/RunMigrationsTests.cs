using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class RunMigrationsTests
{
    [TestMethod]
    public void The_result_has_a_line_for_each_migration_and_the_project_in_front()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.MatchesRegex(@"^Shop -> sqlite app\.db: 2 migrations applied in [^\n]+\n    001_a\.sql   \S+ ms\n    002_b\.sql   \S+ ms$", project.Result());
    }

    [TestMethod]
    public void A_second_run_is_up_to_date()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();

        Assert.IsTrue(project.Migrate());

        Assert.AreEqual("Shop -> sqlite app.db: up to date (1 applied)", project.Result());
    }

    [TestMethod]
    public void Edited_comments_are_a_message()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();
        project.Migration("001_a.sql", "-- why\nCREATE TABLE a (x);");

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.IsEmpty(project.Log.Warnings);
        Assert.Contains("001_a.sql is applied; only its comments or white space were edited since.", project.Log.Texts(MessageImportance.Normal));
        Assert.AreEqual("Shop -> sqlite app.db: up to date (1 applied)", project.Result());
    }

    [TestMethod]
    public void A_migration_that_goes_on_where_it_failed_says_where()
    {
        using var project = new TaskProject().Migration("001_a.sql", "-- Transaction: none\nCREATE TABLE a (x);\nSELECT nope;");
        Assert.IsFalse(project.Migrate());
        project.Migration("001_a.sql", "-- Transaction: none\nCREATE TABLE a (x);\nINSERT INTO a VALUES (1);");

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.Contains("001_a.sql continues at statement 2: an earlier attempt did not get past line 3.", project.Log.Texts(MessageImportance.High));
        Assert.MatchesRegex(@"^Shop -> sqlite app\.db: 1 migration applied in [^\n]+\n    001_a\.sql   \S+ ms, resumed at statement 2$", project.Result());
    }

    [TestMethod]
    public void A_migration_whose_text_was_changed_before_the_place_where_it_failed_is_an_error_that_says_what_to_do()
    {
        using var project = new TaskProject().Migration("001_a.sql", "-- Transaction: none\nCREATE TABLE a (x);\nSELECT nope;");
        project.Migrate();
        project.Migration("001_a.sql", "-- Transaction: none\nCREATE TABLE a (y);\nSELECT 1;");

        Assert.IsFalse(project.Migrate());

        Assert.Contains("-p:MigrateRepairFailed=true -p:MigrateRepairOnly=001_a.sql", project.Error("MIG3005").Message!);
    }

    [TestMethod]
    public void A_repeatable_migration_that_fails_only_at_first_is_no_error_in_any_line()
    {
        using var project = new TaskProject().Migration("R__a.sql", "CREATE TABLE a AS SELECT * FROM b;").Migration("R__b.sql", "CREATE TABLE b AS SELECT 1 AS x;");

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.MatchesRegex(@"^Shop -> sqlite app\.db: 2 migrations applied in [^\n]+\n    R__b\.sql   \S+ ms\n    R__a\.sql   \S+ ms$", project.Result());
        Assert.Contains("R__a.sql: failed; the other repeatable migrations come first. no such table: b (SQLite error 1). The migration was rolled back.", project.Log.Texts(MessageImportance.Low));
        Assert.DoesNotContain("error MIG", project.Log.All());
    }

    [TestMethod]
    public void Repeatable_migrations_that_fail_are_errors_each_at_its_place()
    {
        using var project = new TaskProject().Migration("R__a.sql", "SELECT\n  nope;").Migration("R__b.sql", "SELECT missing;");

        Assert.IsFalse(project.Migrate());

        Assert.AreEqual("R__a.sql(2,3), R__b.sql(1,8)", string.Join(", ", project.Log.Errors.Select(error => $"{Path.GetFileName(error.File)}({error.LineNumber},{error.ColumnNumber})")));
        Assert.AreEqual("Shop -> sqlite app.db: failed, nothing applied, 2 pending", project.Result());
    }

    [TestMethod]
    public void Live_lines_do_not_repeat_the_result_at_the_usual_verbosity()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        project.Migrate();

        Assert.HasCount(1, project.Log.Texts(MessageImportance.High));
        Assert.Contains(text => text.StartsWith("Applied 001_a.sql in ", StringComparison.Ordinal), project.Log.Texts(MessageImportance.Normal));
    }

    [TestMethod]
    public void A_failing_statement_is_an_error_at_its_line_and_column()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "\n  INSERT INTO a VALUES (unknown);");

        Assert.IsFalse(project.Migrate());

        var error = project.Error("MIG4005");
        Assert.AreEqual(project.PathOf("migrations/sqlite/002_b.sql"), error.File);
        Assert.AreEqual((2, 25), (error.LineNumber, error.ColumnNumber), error.Message);
        Assert.StartsWith("Shop -> sqlite app.db: failed after 1 migration applied in ", project.Result());
        Assert.Contains(", 1 pending\n    001_a.sql ", project.Result());
    }

    [TestMethod]
    public void Braces_and_percent_signs_in_a_message_are_just_that()
    {
        using var project = new TaskProject().Migration("001_{0}%s%20.sql", "SELECT {0} FROM x;");

        Assert.IsFalse(project.Migrate());

        Assert.Contains("{", project.Error("MIG4005").Message!);
        Assert.EndsWith("001_{0}%s%20.sql", project.Error("MIG4005").File);
    }

    [TestMethod]
    public void An_error_without_a_file_points_to_the_project_and_not_into_the_package()
    {
        using var project = new TaskProject().Write(".env", "").Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate());

        Assert.AreEqual(project.ProjectFile, project.Error("MIG1006").File);
    }

    [TestMethod]
    public void Warnings_have_code_and_place_and_do_not_fail_the_build()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.down.sql", "DROP TABLE b;");

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.AreEqual(("MIG2014", project.PathOf("migrations/sqlite/002_b.down.sql")), (project.Log.Warnings.Single().Code, project.Log.Warnings.Single().File));
    }

    [TestMethod]
    public void A_declared_folder_may_be_anywhere_and_name_its_variable_and_history()
    {
        using var project = new TaskProject().Write("db/scripts/001_a.sql", "CREATE TABLE a (x);").Write(".env", "SHOP=sqlite:shop.db");
        var folder = new TaskItem("db/scripts", new Dictionary<string, string> { ["Database"] = "sqlite", ["ConnectionStringVariable"] = "SHOP", ["HistoryTable"] = "history" });

        Assert.IsTrue(project.Migrate(task => task.Folders = [folder]), project.Log.All());

        Assert.StartsWith("Shop -> sqlite shop.db: 1 migration applied", project.Result());
    }

    [TestMethod]
    public void Without_any_folder_a_run_fails_and_a_hook_does_nothing()
    {
        using var project = new TaskProject();

        Assert.IsFalse(project.Migrate());
        project.Error("MIG1005");

        Assert.IsTrue(project.Migrate(task => task.RequireFolder = false));
        Assert.AreEqual("", project.Log.All());
    }

    [TestMethod]
    public void Of_several_databases_each_has_a_line_in_the_result_and_its_name_before_what_happens_to_it()
    {
        using var project = new TaskProject()
            .Write("billing/001_a.sql", "CREATE TABLE a (x);")
            .Write("orders/001_b.sql", "CREATE TABLE b (x;")
            .Write(".env", "BILLING_URL=sqlite:billing.db\nORDERS_URL=sqlite:orders.db");

        Assert.IsFalse(project.Migrate(task => task.Folders = [FolderOf("billing", "BILLING_URL"), FolderOf("orders", "ORDERS_URL")]));

        Assert.AreEqual(project.PathOf("orders/001_b.sql"), project.Error("MIG4005").File);
        Assert.Contains("sqlite (billing): 1 migration to apply.", project.Log.Texts(MessageImportance.Normal));
        Assert.Contains("sqlite (orders): 1 migration to apply.", project.Log.Texts(MessageImportance.Normal));
        Assert.MatchesRegex(
            @"^Shop -> sqlite \(billing\) billing\.db: 1 migration applied in [^\n]+\n    001_a\.sql   \S+ ms\n  sqlite \(orders\) orders\.db: failed, nothing applied, 1 pending$",
            project.Result());

        static TaskItem FolderOf(string path, string variable) =>
            new(path, new Dictionary<string, string> { ["Database"] = "sqlite", ["ConnectionStringVariable"] = variable });
    }

    [TestMethod]
    public void A_database_is_called_as_the_project_calls_it()
    {
        using var project = new TaskProject().Write("migrations/sqlite3/001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(project.Migrate(task => task.Set("MigrateReportFile", "report.json")), project.Log.All());

        Assert.StartsWith("Shop -> sqlite3 app.db: 1 migration applied in ", project.Result());
        var report = File.ReadAllText(project.PathOf("report.json"));
        Assert.Contains("\"database\": \"sqlite\"", report);
        Assert.Contains("\"displayName\": \"sqlite3\"", report);
    }

    [TestMethod]
    public void Cancelling_stops_the_running_migration()
    {
        using var project = new TaskProject()
            .Migration("001_slow.sql", "CREATE TABLE a AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 4000000000) SELECT count(*) FROM c;");

        Assert.IsFalse(project.Migrate(task => _ = System.Threading.Tasks.Task.Delay(500).ContinueWith(_ => task.Cancel(), TaskScheduler.Default)));

        project.Error("MIG4007");
    }
}
