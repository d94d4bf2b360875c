using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class ValidateMigrationsTests
{
    private const string Reversible = "-- Rollback: DROP TABLE a;\nCREATE TABLE a (x);";

    public static IEnumerable<(string Property, Action<ValidateMigrations> Configure)> WrongValues =>
    [
        ("MigrateLint", task => task.Set("MigrateLint", "Some")),
        ("MigrateLint", task => task.Set("MigrateLint", "true")),
        ("MigrateLintAfter", task => task.Set("MigrateLintAfter", "the beginning")),
    ];

    [TestMethod]
    public void Migrations_in_order_are_valid_and_nothing_is_written()
    {
        using var project = new TaskProject().Migration("001_a.sql", Reversible);

        Assert.IsTrue(project.Run<ValidateMigrations>(), project.Log.All());

        Assert.AreEqual("Shop -> sqlite app.db: 1 migration is valid", project.Result());
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have been created.");
    }

    [TestMethod]
    public void Lint_warns_with_code_and_place_and_does_not_fail_the_build()
    {
        using var project = new TaskProject().Migration("001_a.sql", "-- Rollback: SELECT 1;\n\n  DROP TABLE a;");

        Assert.IsTrue(project.Run<ValidateMigrations>(), project.Log.All());

        var warning = project.Log.Warnings.Single();
        Assert.AreEqual(("MIG5030", project.PathOf("migrations/sqlite/001_a.sql"), 3, 3), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.AreEqual("Shop -> sqlite app.db: 1 migration is valid, 1 warning", project.Result());
    }

    [TestMethod]
    public void What_the_build_raises_to_an_error_is_not_valid()
    {
        using var project = new TaskProject().Migration("001_a.sql", "-- Rollback: SELECT 1;\n\n  DROP TABLE a;");

        Assert.IsFalse(project.Run<ValidateMigrations>(task => task.Set("BuildCommandLine", "dotnet build -warnaserror").Set("MigrateReportFile", "report.md")));

        project.Error("MIG5030");
        Assert.AreEqual("Shop -> sqlite app.db: 1 migration checked, 1 error", project.Result());
        Assert.Contains("### ❌", File.ReadAllText(project.PathOf("report.md")));
        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("BuildCommandLine", "dotnet build -warnaserror").Set("MSBuildWarningsNotAsErrors", "MIG5030")), project.Log.All());
        Assert.AreEqual("Shop -> sqlite app.db: 1 migration is valid, 1 warning", project.Result());
    }

    [TestMethod]
    public void What_cannot_run_is_an_error()
    {
        using var project = new TaskProject().Migration("001_a.sql", Reversible).Migration("002_b.sql", "-- Rollback: SELECT 1;\nSELECT 'oops;");

        Assert.IsFalse(project.Run<ValidateMigrations>());

        Assert.AreEqual((2, 8), (project.Error("MIG2004").LineNumber, project.Error("MIG2004").ColumnNumber));
        Assert.AreEqual("Shop -> sqlite app.db: 2 migrations checked, 1 error", project.Result());
    }

    [TestMethod]
    public void An_edited_migration_is_an_error_and_applied_ones_are_not_linted()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Migration("002_b.sql", "DROP TABLE a;");
        project.Migrate();
        project.Migration("001_a.sql", "CREATE TABLE a (x, y);");

        Assert.IsFalse(project.Run<ValidateMigrations>());

        project.Error("MIG3002");
        Assert.IsEmpty(project.Log.Warnings);
    }

    [TestMethod]
    public void Without_a_connection_the_result_says_what_was_not_checked()
    {
        using var project = new TaskProject().Write(".env", "").Migration("001_a.sql", Reversible);

        Assert.IsTrue(project.Run<ValidateMigrations>(), project.Log.All());

        Assert.AreEqual("Shop -> sqlite: 1 migration is valid; checksums and order were not checked, because SQLITE_URL is not set", project.Result());
    }

    [TestMethod]
    public void A_connection_that_cannot_be_used_is_an_error()
    {
        using var project = new TaskProject().Write(".env", "SQLITE_URL=what:ever").Migration("001_a.sql", Reversible);

        Assert.IsFalse(project.Run<ValidateMigrations>());

        project.Error("MIG1007");
        Assert.AreEqual("Shop -> sqlite: not checked, 1 error", project.Result());
    }

    [TestMethod]
    [DynamicData(nameof(WrongValues))]
    public void A_value_that_a_property_cannot_have_is_an_error_that_names_it(string property, Action<ValidateMigrations> configure)
    {
        using var project = new TaskProject().Migration("001_a.sql", Reversible);

        Assert.IsFalse(project.Run(configure));

        Assert.StartsWith($"{property} is '", project.Error("MIG1010").Message!);
    }

    [TestMethod]
    public void Lint_looks_at_what_it_is_asked_to()
    {
        using var project = new TaskProject().Write(".env", "").Migration("001_a.sql", "DROP TABLE a;").Migration("002_b.sql", "DROP TABLE b;");

        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("MigrateLintAfter", "001")), project.Log.All());
        Assert.AreSequenceEqual(["002_b.sql", "002_b.sql"], project.Log.Warnings.Select(warning => Path.GetFileName(warning.File)));

        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("MigrateLint", "off")), project.Log.All());
        Assert.IsEmpty(project.Log.Warnings);
    }

    [TestMethod]
    public void The_exposed_schemas_are_a_list()
    {
        using var project = new TaskProject().Write("migrations/supabase/001_a.sql", "-- Rollback: SELECT 1;\nCREATE TABLE a (x int);\nCREATE TABLE api.b (x int);\nCREATE TABLE private.c (x int);");

        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("MigrateExposedSchemas", "public; api")), project.Log.All());

        Assert.AreEqual("2, 3", string.Join(", ", project.Log.Warnings.Where(warning => warning.Code == "MIG5061").Select(warning => warning.LineNumber)));
    }

    [TestMethod]
    public void What_the_project_silences_is_neither_counted_nor_written()
    {
        using var project = new TaskProject().Migration("001_a.sql", "DROP TABLE a;");

        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("MSBuildWarningsAsMessages", ";1701; mig5060 ").Set("MigrateReportFile", "check.md")), project.Log.All());

        Assert.AreEqual("MIG5030", project.Log.Warnings.Single().Code);
        Assert.EndsWith("1 migration is valid, 1 warning", project.Result());
        Assert.DoesNotContain("MIG5060", File.ReadAllText(project.PathOf("check.md")));
    }

    [TestMethod]
    public void The_result_is_written_where_it_is_asked_for()
    {
        using var project = new TaskProject().Migration("001_a.sql", "-- Rollback: SELECT 1;\nDROP TABLE a;");

        Assert.IsTrue(project.Run<ValidateMigrations>(task => task.Set("MigrateReportFile", "check.md")), project.Log.All());

        Assert.Contains("**MIG5030** migrations/sqlite/001_a.sql(2,1):", File.ReadAllText(project.PathOf("check.md")));
    }
}
