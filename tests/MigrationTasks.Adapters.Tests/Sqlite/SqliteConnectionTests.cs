using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteConnectionTests
{
    private static readonly string ProjectDirectory = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "project"));

    [TestMethod]
    [DataRow("sqlite:app.db", "app.db")]
    [DataRow("sqlite://app.db", "app.db")]
    [DataRow("SQLITE:data/app.db", "data/app.db")]
    [DataRow("sqlite:./app.db?mode=rwc&cache=private", "app.db")]
    [DataRow("file:app.db", "app.db")]
    [DataRow("Data Source=app.db", "app.db")]
    [DataRow("DataSource=app.db;Foreign Keys=True;Pooling=True", "app.db")]
    [DataRow("Data Source=file:app.db?mode=rw", "app.db")]
    [DataRow("sqlite:a%20b.db", "a b.db")]
    [DataRow("sqlite:../other/app.db", "../other/app.db")]
    public void A_relative_path_starts_at_the_project(string connection, string path) =>
        Assert.AreEqual(Path.GetFullPath(path, ProjectDirectory), Configure(connection).FilePath);

    [TestMethod]
    [DataRow("sqlite:/srv/app.db")]
    [DataRow("sqlite:///srv/app.db")]
    [DataRow("Data Source=/srv/app.db")]
    public void An_absolute_path_stays(string connection)
    {
        var config = Configure(connection);

        Assert.AreEqual(Path.GetFullPath("/srv/app.db"), config.FilePath);
        Assert.AreEqual(config.FilePath, config.Target);
    }

    [TestMethod]
    [DataRow("sqlite::memory:")]
    [DataRow("Data Source=:memory:")]
    [DataRow("sqlite:name?mode=memory")]
    public void A_database_in_memory_has_no_file(string connection)
    {
        var config = Configure(connection);

        Assert.IsNull(config.FilePath);
        Assert.AreEqual(":memory:", config.Target);
    }

    [TestMethod]
    [DataRow("sqlite:s3cret?password=s3cret")]
    [DataRow("sqlite:?mode=ro")]
    [DataRow("sqlite:")]
    [DataRow("s3cret")]
    [DataRow("postgres://u:s3cret@h/db?sslmode=require")]
    [DataRow("Data Source=app.db;Password=s3cret")]
    [DataRow("Data Source=app.db;s3cret=1")]
    [DataRow("Data Source=app.db;Mode=s3cret")]
    [DataRow("Data Source=")]
    [DataRow("sqlite:s3cret\0.db")]
    public void A_malformed_connection_is_refused_and_never_shown(string connection)
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => Configure(connection));

        Assert.AreEqual("MIG1007", exception.Code);
        Assert.Contains("THE_VARIABLE", exception.Message);
        Assert.Contains("sqlite:app.db", exception.Message);
        Assert.DoesNotContain("s3cret", exception.ToString());
    }

    [TestMethod]
    public void A_history_table_in_a_schema_is_refused() =>
        Assert.AreEqual("MIG3007", Assert.ThrowsExactly<MigrationException>(() => Configure("sqlite:app.db", "other.history")).Code);

    private static SqliteConfig Configure(string connection, string? table = null) => (SqliteConfig)new SqliteDefinition().Configure(
        connection,
        new DatabaseSettings { ProjectDirectory = ProjectDirectory, Variable = "THE_VARIABLE", HistoryTable = HistoryTableName.Parse(table) });
}
