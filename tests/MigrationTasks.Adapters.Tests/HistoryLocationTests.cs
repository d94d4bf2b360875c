using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.MySql;
using MigrationTasks.PostgreSql;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests;

/// <summary>Which connections lead to one history.</summary>
[TestClass]
public sealed class HistoryLocationTests : IDisposable
{
    private const string Project = "abcdefghijklmnopqrst";
    private const string Pooler = "aws-0-eu-central-1.pooler.supabase.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrationtasks-location-");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("postgres://a:hunter2@h/app", null, "Host=h;Port=5432;Database=app;Username=b", null, DisplayName = "other forms and users")]
    [DataRow("postgres://a@h/app", null, "postgres://a@h/app", "public.schema_migrations", DisplayName = "the usual schema")]
    [DataRow($"postgres://postgres.{Project}:hunter2@{Pooler}:6543/postgres", null, $"postgres://postgres:hunter2@db.{Project}.supabase.co/postgres", null, DisplayName = "Supabase's pooler and its database")]
    public void One_history_of_PostgreSQL_and_Supabase(string one, string? table, string other, string? otherTable)
    {
        Assert.AreEqual(Of(new PostgreSqlDefinition(), one, table), Of(new SupabaseDefinition(), other, otherTable));
        Assert.DoesNotContain("hunter2", Of(new PostgreSqlDefinition(), one, table)!);
    }

    [TestMethod]
    [DataRow("postgres://a@h/app", "a.schema_migrations", "postgres://a@h/app", "b.schema_migrations", DisplayName = "schemas")]
    [DataRow("Host=h;Database=app;Username=a;Search Path=a", null, "postgres://a@h/app", null, DisplayName = "search paths")]
    [DataRow("postgres://a@h/app", null, "postgres://a@h/shop", null, DisplayName = "databases")]
    [DataRow("postgres://a@h/app", null, "postgres://a@h:5433/app", null, DisplayName = "ports")]
    [DataRow("postgres://a.one@h/app", null, "postgres://a.two@h/app", null, DisplayName = "tenants of a pooler")]
    [DataRow($"postgres://postgres.{Project}@{Pooler}/postgres", null, $"postgres://postgres.tsrqponmlkjihgfedcba@{Pooler}/postgres", null, DisplayName = "projects of Supabase")]
    public void Two_histories_of_PostgreSQL(string one, string? table, string other, string? otherTable) =>
        Assert.AreNotEqual(Of(new PostgreSqlDefinition(), one, table), Of(new PostgreSqlDefinition(), other, otherTable));

    [TestMethod]
    public void In_MySQL_a_history_may_be_in_another_database()
    {
        var mysql = new MySqlDefinition();

        Assert.AreEqual(Of(mysql, "mysql://a:hunter2@h/app"), Of(mysql, "Server=h;Database=app;User ID=b", "app.schema_migrations"));
        Assert.AreEqual(Of(mysql, "mysql://a@h/app", "ops.history"), Of(mysql, "mysql://a@h/shop", "ops.history"));
        Assert.AreNotEqual(Of(mysql, "mysql://a@h/app"), Of(mysql, "mysql://a@h/shop"));
        Assert.DoesNotContain("hunter2", Of(mysql, "mysql://a:hunter2@h/app")!);
    }

    [TestMethod]
    public void In_SQLite_a_file_is_the_same_by_any_path_and_a_table_in_any_letters()
    {
        var sqlite = new SqliteDefinition();
        var file = Path.Combine(_folder.FullName, "app.db");
        File.WriteAllText(file, "");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.db"), "app.db");

        foreach (var connection in new[] { $"sqlite:{file}", "sqlite:sub/../app.db", "Data Source=app.db", "sqlite:link.db" })
        {
            Assert.AreEqual(Of(sqlite, "sqlite:app.db"), Of(sqlite, connection, "Schema_Migrations"), connection);
        }

        Assert.AreNotEqual(Of(sqlite, "sqlite:app.db"), Of(sqlite, "sqlite:other.db"));
        Assert.IsNull(Of(sqlite, "sqlite::memory:"));
    }

    private string? Of(AdapterDefinition adapter, string connection, string? table = null) =>
        adapter.Configure(connection, new DatabaseSettings { ProjectDirectory = _folder.FullName, Variable = "DATABASE_URL", HistoryTable = HistoryTableName.Parse(table) }).HistoryLocation;
}
