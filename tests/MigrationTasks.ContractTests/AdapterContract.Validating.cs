using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Runner;
using MigrationTasks.Engine.Validation;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string DropsTable = "-- Rollback: SELECT 1;\nDROP TABLE a;\n";

    [TestMethod]
    public async Task A_folder_in_order_is_valid_and_nothing_is_changed()
    {
        WriteReversible("001_a.sql", "a");
        WriteReversible("002_b.sql", "b");

        var report = (await Project.ValidateAsync()).Succeeded().WithoutWarnings();

        Assert.AreEqual((2, (string?)null), (report.Migrations, report.MissingVariable));
        await NoTableAsync("a");
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    [Needs(ContractFeature.Lint)]
    public async Task Only_pending_migrations_are_linted_unless_all_are_asked_for()
    {
        WriteReversible("001_a.sql", "a");
        Project.Write("002_away.sql", DropsTable);
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("003_a.sql", "a");
        Project.Write("004_away.sql", "\n" + DropsTable);

        if (Definition.Lint is null)
        {
            Assert.IsEmpty((await Project.ValidateAsync(lint: LintScope.All)).Succeeded().Warnings);
            return;
        }

        (await Project.ValidateAsync()).Succeeded().WarnedOf("MIG5030").At(Project.PathOf("004_away.sql"), 3, 1);
        Assert.AreEqual("002, 004", Warned(await Project.ValidateAsync(lint: LintScope.All), "MIG5030"));
        (await Project.ValidateAsync(lint: LintScope.Off)).Succeeded().WithoutWarnings();
    }

    [TestMethod]
    [Needs(ContractFeature.Lint)]
    public async Task Without_a_connection_all_migrations_are_linted_and_the_history_is_not_asked()
    {
        WriteReversible("001_a.sql", "a");
        Project.Write("002_away.sql", DropsTable);
        (await Project.MigrateAsync()).Succeeded();
        Project.Write("002_away.sql", DropsTable + "-- edited");

        var report = (await Project.ValidateAsync(withDatabase: false)).Succeeded();

        Assert.AreEqual("CONTRACT_CONNECTION", report.MissingVariable);
        Assert.AreEqual(Definition.Lint is null ? "" : "002", Warned(report, "MIG5030"));
    }

    [TestMethod]
    public async Task An_applied_file_that_was_edited_is_not_valid()
    {
        WriteReversible("001_a.sql", "a");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a.sql", "changed");

        Assert.AreEqual(Project.PathOf("001_a.sql"), (await Project.ValidateAsync()).FailedWith("MIG3002").Location.File);
    }

    [TestMethod]
    public async Task An_applied_migration_without_a_file_is_warned_of()
    {
        WriteReversible("001_a.sql", "a");
        WriteReversible("002_b.sql", "b");
        (await Project.MigrateAsync()).Succeeded();
        File.Delete(Project.PathOf("001_a.sql"));

        (await Project.ValidateAsync()).Succeeded().WarnedOf("MIG3004").Says("001_a.sql");
    }

    [TestMethod]
    [DataRow(OutOfOrderPolicy.Warn, "")]
    [DataRow(OutOfOrderPolicy.Error, "MIG3003")]
    [DataRow(OutOfOrderPolicy.Allow, "")]
    public async Task A_migration_out_of_order_is_judged_as_a_run_would(OutOfOrderPolicy policy, string errors)
    {
        WriteReversible("002_b.sql", "b");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a.sql", "a");
        Project.Plan = new PlanOptions(policy);

        var report = await Project.ValidateAsync();

        Assert.AreEqual(errors, string.Join(", ", report.Errors.Select(error => error.Code)));
        Assert.AreEqual(policy == OutOfOrderPolicy.Warn ? "MIG3003" : "", string.Join(", ", report.Warnings.Select(warning => warning.Code)));
    }

    [TestMethod]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        WriteReversible("001_a.sql", "a");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a.sql", "changed");
        Project.Write("002_b.sql", "-- Requires: 007\n-- Rollback: DROP TABLE 'b;\nSELECT 1;\nCOMMIT;\n")
            .Write("003_c.sql", "SELECT 1;").Write("003_c.down.sql", "SELECT\n  'oops;")
            .Write("create_d.sql", "SELECT 1;");

        var report = await Project.ValidateAsync();

        Assert.AreEqual(
            "MIG2001 create_d.sql, MIG2011 002_b.sql, MIG2007 002_b.sql(4,1), MIG2004 002_b.sql(2,25), MIG2004 003_c.down.sql(2,3), MIG3002 001_a.sql",
            string.Join(", ", report.Errors.Select(error => $"{error.Code} {Path.GetFileName(error.Location.ToString())}")));
    }

    [TestMethod]
    public async Task The_history_of_another_tool_is_not_valid()
    {
        await Database.ExecuteAsync(Dialect.ForeignHistories.Values.First());
        Project.Write("001_a.sql", "SELECT 'oops;");

        var report = await Project.ValidateAsync();

        Assert.AreEqual("MIG2004, MIG3001", string.Join(", ", report.Errors.Select(error => error.Code)));
    }

    private void WriteReversible(string name, string table) => Project.Write(name, $"-- Rollback: DROP TABLE {table};\n{Table(table)}");

    private static string Warned(ValidationReport report, string code) =>
        string.Join(", ", report.Warnings.Where(warning => warning.Code == code).Select(warning => Path.GetFileName(warning.Location.File)![..3]));
}
