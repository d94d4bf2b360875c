using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

/// <summary>Every command works on the database that it is told to, and on nothing where that cannot be meant.</summary>
[TestClass]
public sealed class DatabaseChoiceTests
{
    private static readonly (string Name, Func<TaskProject, string?, string?, bool> Run)[] Commands =
    [
        ("Migrate", (project, database, version) => project.Migrate(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateDryRun", (project, database, version) => project.Run<DryRunMigrations>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version).Set("BaseIntermediateOutputPath", "obj"))),
        ("MigrateRollback", (project, database, version) => project.Run<RollbackMigrations>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateStatus", (project, database, version) => project.Run<GetMigrationStatus>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateValidate", (project, database, version) => project.Run<ValidateMigrations>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateBaseline", (project, database, version) => project.Run<BaselineHistory>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version ?? "1"))),
        ("MigrateRepair", (project, database, version) => project.Run<RepairHistory>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateImport", (project, database, version) => project.Run<ImportHistory>(task => task.Set("MigrateDatabase", database).Set("MigrateTargetVersion", version))),
        ("MigrateNew", (project, database, version) => project.Run<CreateMigration>(task => task.Set("MigrateDatabase", database).Set("MigrateName", "add_users").Set("MigrateTargetVersion", version))),
    ];

    public static IEnumerable<object?[]> WrongDatabases =>
        from command in Commands
        from wrong in new[]
        {
            ("sqllite", "MIG1003", "Do you mean sqlite?"),
            ("migrations/sqlit", "MIG1003", "Do you mean migrations/sqlite?"),
            ("oracle", "MIG1003", "or the path of a folder: migrations/postgresql, migrations/sqlite."),
            ("supabase", "MIG1015", "postgresql, sqlite"),
        }
        // A new migration may be the first one of its database.
        where command.Name != "MigrateNew" || wrong.Item1 != "supabase"
        select new object?[] { command.Name, wrong.Item1, wrong.Item2, wrong.Item3 };

    public static IEnumerable<object?[]> WrongVersions =>
        from command in new[] { "Migrate", "MigrateDryRun", "MigrateRollback", "MigrateStatus", "MigrateValidate", "MigrateBaseline" }
        from wrong in new[] { ("latest", "MIG1010", "such as 003"), ("1.2", "MIG1010", "such as 003"), ("-1", "MIG1010", "such as 003"), ("7", command == "MigrateRollback" ? "MIG3019" : "MIG3022", "version") }
        select new object?[] { command, wrong.Item1, wrong.Item2, wrong.Item3 };

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_command_works_on_the_database_that_is_named_and_on_no_other(string command)
    {
        using var project = TwoDatabases();
        // Its migration is one that the other tool has applied, so that there is something to import.
        Run("Migrate", project.Migration("001_a.sql", "-- Rollback: DROP TABLE a; DROP TABLE goose_db_version;\n\nCREATE TABLE a (x);\nCREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id, is_applied, tstamp);\nINSERT INTO goose_db_version VALUES (1, 1, 1, NULL);"), "sqlite");

        Assert.IsTrue(Run(command, project, "sqlite"), project.Log.All());
        Assert.DoesNotContain("postgresql", project.Result());
        Assert.IsTrue(command == "MigrateNew" || Run(command, project, "migrations/sqlite") || command == "MigrateRollback", project.Log.All());
    }

    [TestMethod]
    [DynamicData(nameof(WrongDatabases))]
    public void A_database_that_cannot_be_meant_is_an_error_that_says_what_can(string command, string database, string code, string says)
    {
        using var project = TwoDatabases();

        Assert.IsFalse(Run(command, project, database));

        Assert.Contains(says, project.Error(code).Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    [DataRow("postgress", "postgres")]
    [DataRow("postgers", "postgres")]
    [DataRow("Postgres_sql", "postgresql")]
    [DataRow("sqllite", "sqlite")]
    [DataRow("mysq", "mysql")]
    [DataRow("mongo_db", "mongodb")]
    [DataRow("suprabase", "supabase")]
    public void A_folder_whose_name_is_nearly_that_of_a_database_is_told_what_it_should_be(string name, string meant)
    {
        using var project = new TaskProject().Write($"migrations/{name}/001_a.sql", "CREATE TABLE a (x integer);");

        Assert.IsFalse(project.Migrate());

        Assert.Contains($"There is a folder migrations/{name}, but the name is migrations/{meant}.", project.Error("MIG1005").Message!);
        Assert.Contains($"Do you mean {meant}?", project.Log.Warnings.Single(warning => warning.Code == "MIG1014").Message!);
    }

    [TestMethod]
    [DynamicData(nameof(WrongVersions))]
    public void A_version_that_cannot_be_meant_changes_nothing(string command, string version, string code, string says)
    {
        using var project = TwoDatabases();
        Assert.IsTrue(Run("Migrate", project, "sqlite"), project.Log.All());

        var succeeded = Run(command, project, "sqlite", version);

        // What would stop a run is a warning of the status.
        Assert.AreEqual(command == "MigrateStatus" && code == "MIG3022", succeeded);
        Assert.Contains(code, project.Log.Codes());
        Assert.Contains(says, project.Log.All());
        Assert.IsTrue(Run("MigrateStatus", project, "sqlite"));
        Assert.Contains("1 applied, 0 pending", project.Result());
    }

    [TestMethod]
    public void Migrations_up_to_a_version_are_applied_and_the_others_when_they_are_asked_for()
    {
        using var project = TwoDatabases().Migration("002_b.sql", "CREATE TABLE b (x);").Migration("0003_c.sql", "CREATE TABLE c (x);");

        Assert.IsTrue(Run("Migrate", project, "sqlite", "002"), project.Log.All());
        Assert.Contains("2 migrations applied", project.Result());
        Assert.IsTrue(Run("Migrate", project, "sqlite", "1"), project.Log.All());
        Assert.Contains("up to date (2 applied)", project.Result());
        Assert.IsTrue(Run("Migrate", project, "sqlite", "00003"), project.Log.All());
        Assert.Contains("1 migration applied", project.Result());
    }

    public static IEnumerable<string> Names => Commands.Select(command => command.Name);

    private static bool Run(string command, TaskProject project, string? database, string? version = null) =>
        Commands.Single(known => known.Name == command).Run(project, database, version);

    // Of the second database there is no connection: whoever touches it fails.
    private static TaskProject TwoDatabases() => new TaskProject()
        .Migration("001_a.sql", "-- Rollback: DROP TABLE a;\n\nCREATE TABLE a (x);")
        .Write("migrations/postgresql/001_a.sql", "CREATE TABLE a (x integer);");
}
