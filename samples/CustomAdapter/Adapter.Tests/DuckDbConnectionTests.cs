using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace DuckDbSample.Tests;

/// <summary>What is DuckDB's own: how it is named.</summary>
[TestClass]
public sealed class DuckDbConnectionTests
{
    private static readonly string Project = Path.Combine(Path.GetTempPath(), "shop");

    [TestMethod]
    [DataRow("duckdb:app.duckdb", "app.duckdb")]
    [DataRow("DUCKDB:data/app.duckdb", "data/app.duckdb")]
    [DataRow("duckdb:///srv/app.duckdb", "/srv/app.duckdb")]
    public void A_file_is_one_of_the_project_or_has_a_full_path(string connection, string file) =>
        Assert.AreEqual(Path.GetFullPath(file, Project), Parse(connection).File);

    [TestMethod]
    [DataRow("app.duckdb")]
    [DataRow("duckdb:")]
    [DataRow("duckdb::memory:")]
    public void What_names_no_file_is_refused(string connection) =>
        Assert.AreEqual("MIG1007", Assert.ThrowsExactly<MigrationException>(() => Parse(connection)).Code);

    private static DuckDbConfig Parse(string connection) => DuckDbConfig.Parse(connection, new DatabaseSettings { ProjectDirectory = Project, Variable = "DUCKDB_URL" }, "duckdb:app.duckdb");
}
