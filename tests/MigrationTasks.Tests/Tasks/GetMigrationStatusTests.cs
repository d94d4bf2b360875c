using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class GetMigrationStatusTests
{
    [TestMethod]
    public void The_table_shows_what_is_applied_and_what_is_pending()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();
        project.Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());

        var lines = project.Result().Split('\n');
        Assert.AreEqual("Shop -> sqlite app.db: 1 applied, 1 pending", lines[0]);
        Assert.MatchesRegex(@"^    Migration +State +When \(UTC\) +Took$", lines[1]);
        Assert.MatchesRegex(@"^    001_a\.sql   applied   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d   \S+ ms$", lines[2]);
        Assert.AreEqual("    002_b.sql   pending", lines[3]);
    }

    [TestMethod]
    [DataRow("status.json", "\"state\": \"pending\"")]
    [DataRow("status.md", "| 002_b.sql | pending |")]
    public void The_status_can_be_written_into_a_file(string file, string text)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();
        project.Migration("002_b.sql", "CREATE TABLE b (x);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(task => task.Set("MigrateReportFile", file)), project.Log.All());

        Assert.Contains(text, File.ReadAllText(project.PathOf(file)));
    }

    [TestMethod]
    public void Looking_changes_nothing()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());
        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());

        Assert.Contains("0 applied, 1 pending", project.Result());
    }

    [TestMethod]
    public void Edited_comments_are_a_state_and_no_warning()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();
        project.Migration("001_a.sql", "-- why\nCREATE TABLE a (x);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());

        Assert.Contains("1 applied, 0 pending", project.Result());
        Assert.Contains("001_a.sql   applied, comments edited   ", project.Result());
        Assert.IsEmpty(project.Log.Warnings);
    }

    [TestMethod]
    public void A_changed_repeatable_migration_is_pending()
    {
        using var project = new TaskProject().Migration("R__a.sql", "SELECT 1;").Migration("R__b.sql", "SELECT 1;");
        project.Migrate();
        project.Migration("R__a.sql", "SELECT 2;");

        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());

        Assert.Contains("1 applied, 1 pending", project.Result());
        Assert.Contains("R__a.sql    changed, pending   ", project.Result());
    }

    [TestMethod]
    public void What_would_stand_in_the_way_of_a_run_is_a_warning_once()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.Migrate();
        project.Migration("001_a.sql", "CREATE TABLE a (x, y);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());

        Assert.AreEqual("MIG3002", project.Log.Warnings.Single().Code);
    }

    [TestMethod]
    public void A_status_that_cannot_be_read_is_an_error()
    {
        using var project = new TaskProject().Write("migrations/sqlite/readme.txt", "").Write(".env", "SQLITE_URL=what:ever");

        Assert.IsFalse(project.Run<GetMigrationStatus>());

        project.Error("MIG1007");
    }
}
