using Microsoft.Build.Utilities;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class PlaceholderTests
{
    private const string Secret = "hunter2";

    [TestMethod]
    public void Items_are_the_values_of_placeholders()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE ${table} (x DEFAULT '${text}'); SELECT '${undefined}';");

        Assert.IsTrue(project.Migrate(task => task.Placeholders = [Item("table", "a"), Item("text", " a;b%25 ")]), project.Log.All());
        Assert.IsTrue(project.Migration("002_b.sql", "INSERT INTO a DEFAULT VALUES; CREATE TABLE b (x CHECK (x = 1)); INSERT INTO b SELECT x = ' a;b% ' FROM a;").Migrate(), project.Log.All());
    }

    [TestMethod]
    public void A_status_takes_them_too()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE ${table} (x);");

        Assert.IsTrue(project.Run<GetMigrationStatus>(task => task.Placeholders = [Item("table", "a")]), project.Log.All());
    }

    [TestMethod]
    [DataRow("MIG1017", "schema", "Schema")]
    [DataRow("MIG1018", "schema", "${schema}")]
    [DataRow("MIG1018", "schema", "my schema")]
    [DataRow("MIG1018", "schema", "1")]
    [DataRow("MIG1018", "schema", "a=b")]
    public void A_name_that_cannot_be_used_is_an_error_before_anything_runs(string code, string first, string second)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");

        Assert.IsFalse(project.Migrate(task => task.Placeholders = [Item(first, Secret), Item(second, Secret)]));

        var error = project.Error(code);
        Assert.AreEqual(project.ProjectFile, error.File);
        Assert.Contains("<MigrationPlaceholder ", error.Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
        Assert.DoesNotContain(Secret, project.Log.All());
    }

    [TestMethod]
    [DataRow("SELECT '${secret}' nonsense here;", "MIG4005")]
    [DataRow("SELECT '${secret};", "MIG2004")]
    [DataRow("VACUUM ${secret};", "MIG2008")]
    [DataRow("ROLLBACK; -- ${secret}", "MIG2007")]
    public void No_message_shows_a_value(string sql, string code)
    {
        using var project = new TaskProject().Migration("001_a.sql", sql);

        Assert.IsFalse(project.Migrate(task => task.Placeholders = [Item("secret", Secret)]));

        project.Error(code);
        Assert.DoesNotContain(Secret, project.Log.All());
    }

    private static TaskItem Item(string name, string value) => new(name, new Dictionary<string, string> { ["Value"] = value });
}
