using Microsoft.Build.Utilities;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class ImportHistoryTests
{
    public static IEnumerable<(string Code, Action<ImportHistory> Configure)> WrongInputs =>
    [
        ("MIG1010", task => task.Set("MigrateImportFrom", "flywheel")),
        ("MIG1010", task => task.Set("MigrateImportTable", "a.b.c")),
        ("MIG1010", task => task.Set("MigrateImportTable", "users; DROP TABLE users")),
        ("MIG3025", task => task.Set("MigrateImportFrom", "flyway")),
        ("MIG3029", task => task.Set("MigrateImportTable", "nothing")),
        ("MIG3029", task => task.Set("MigrateImportFrom", "flyway").Set("MigrateImportTable", "goose_db_version")),
        ("MIG1015", task => task.Set("MigrateDatabase", "postgresql")),
    ];

    [TestMethod]
    public void The_mapping_is_shown_and_recorded()
    {
        using var project = Goose();

        Assert.IsTrue(project.Run<ImportHistory>(), project.Log.All());

        Assert.AreEqual(
            """
            Shop -> sqlite app.db: 2 migrations imported from goose (goose_db_version), 1 pending
                Entry   Migration
                1       001_create_users.sql   imported
                2       002_add_orders.sql     imported
            """,
            project.Result());
        Assert.IsTrue(project.Migrate(), project.Log.All());
        Assert.Contains("1 migration applied", project.Result());
    }

    [TestMethod]
    public void A_table_that_has_the_name_of_ours_stays_and_the_project_gets_another_one()
    {
        using var project = new TaskProject()
            .Write("Shop.csproj", "<Project>\n</Project>\n")
            .Write("dbmate/001_dbmate.sql", "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('1');");
        var folder = new TaskItem("dbmate", new Dictionary<string, string> { ["Database"] = "sqlite", ["HistoryTable"] = "setup" });
        Assert.IsTrue(project.Migrate(task => task.Folders = [folder]), project.Log.All());
        project.Migration("1_create_users.sql", "SELECT nope;");
        Assert.IsFalse(project.Migrate());
        Assert.Contains("Take over what it says is applied: dotnet build -t:MigrateImport.", project.Error("MIG3001").Message!);

        Assert.IsTrue(project.Run<ImportHistory>(task => task.Set("MigrateImportPreview", "true")), project.Log.All());
        Assert.AreEqual(
            """
            Shop -> sqlite app.db: 1 migration would be imported from dbmate or Active Record (schema_migrations), and 0 be pending; nothing was written
                Entry   Migration
                1       1_create_users.sql   certain
                schema_migrations would stay as it is, and the history of this project be migration_history. For that, Shop.csproj would get:
                  <MigrationsFolder Include="migrations/sqlite" HistoryTable="migration_history" />
            """,
            project.Result());
        Assert.IsTrue(project.Run<ImportHistory>(), project.Log.All());
        Assert.AreEqual(
            """
            Shop -> sqlite app.db: 1 migration imported from dbmate or Active Record (schema_migrations), 0 pending
                Entry   Migration
                1       1_create_users.sql   imported
                schema_migrations stays as it is, and the history of this project is migration_history from now on. For that, Shop.csproj now has, and is to be committed:
                  <MigrationsFolder Include="migrations/sqlite" HistoryTable="migration_history" />
            """,
            project.Result());

        Assert.Contains("<MigrationsFolder Include=\"migrations/sqlite\" HistoryTable=\"migration_history\" />", File.ReadAllText(project.ProjectFile));
        Assert.IsTrue(project.Migrate(task => task.Folders = [new TaskItem("migrations/sqlite", new Dictionary<string, string> { ["HistoryTable"] = "migration_history" })]), project.Log.All());
        Assert.Contains("up to date", project.Result());
    }

    [TestMethod]
    public void Nothing_is_recorded_where_an_entry_is_not_certain_and_the_mapping_says_why()
    {
        using var project = Goose();
        File.Delete(project.PathOf("migrations/sqlite/002_add_orders.sql"));

        Assert.IsFalse(project.Run<ImportHistory>());

        Assert.Contains("2 (no file has its version)", project.Error("MIG3027").Message!);
        Assert.AreEqual(
            """
            Shop -> sqlite app.db: nothing imported from goose (goose_db_version)
                Entry   Migration
                1       001_create_users.sql   certain
                2       -                      not certain: no file has its version
            """,
            project.Result());
    }

    [TestMethod]
    public void A_run_on_the_database_of_another_tool_says_how_to_take_it_over_and_how_to_go_on_without()
    {
        using var project = Goose();

        Assert.IsFalse(project.Migrate());
        Assert.Contains("dotnet build -t:MigrateImport", project.Error("MIG3024").Message!);
        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());
        Assert.AreEqual("MIG3024", project.Log.Warnings.Single().Code);

        Assert.IsTrue(project.Migrate(task => task.Set("MigrateIgnoreForeignHistory", "true")), project.Log.All());
        Assert.Contains("3 migrations applied", project.Result());
    }

    [TestMethod]
    [DynamicData(nameof(WrongInputs))]
    public void An_input_that_cannot_be_meant_imports_nothing(string code, Action<ImportHistory> configure)
    {
        using var project = Goose();

        Assert.IsFalse(project.Run(configure));

        project.Error(code);
        Assert.IsFalse(project.Migrate());
        project.Error("MIG3024");
    }

    // The other tool's table is made by a migration too, with a history elsewhere.
    private static TaskProject Goose()
    {
        var project = new TaskProject()
            .Write("goose/001_goose.sql", """
                CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
                INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1), (1, 1), (2, 1);
                """);
        var folder = new TaskItem("goose", new Dictionary<string, string> { ["Database"] = "sqlite", ["HistoryTable"] = "setup" });
        Assert.IsTrue(project.Migrate(task => task.Folders = [folder]), project.Log.All());
        return project.Migration("001_create_users.sql", "CREATE TABLE users (x);").Migration("002_add_orders.sql", "CREATE TABLE orders (x);").Migration("003_more.sql", "CREATE TABLE more (x);");
    }
}
