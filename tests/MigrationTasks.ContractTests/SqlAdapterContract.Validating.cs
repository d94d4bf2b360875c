using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Lint;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    private const string DropsTable = "-- Rollback: SELECT 1;\nDROP TABLE a;\n";

    [TestMethod]
    public async Task Only_pending_migrations_are_linted_unless_all_are_asked_for()
    {
        WriteReversible("001_a", "a");
        Project.Write("002_away.sql", DropsTable);
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("003_a", "a");
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
    public async Task Without_a_connection_all_migrations_are_linted_and_the_history_is_not_asked()
    {
        WriteReversible("001_a", "a");
        Project.Write("002_away.sql", DropsTable);
        (await Project.MigrateAsync()).Succeeded();
        Project.Write("002_away.sql", DropsTable + "-- edited");

        var report = (await Project.ValidateAsync(withDatabase: false)).Succeeded();

        Assert.AreEqual("CONTRACT_CONNECTION", report.MissingVariable);
        Assert.AreEqual(Definition.Lint is null ? "" : "002", Warned(report, "MIG5030"));
    }

    [TestMethod]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        WriteReversible("001_a", "a");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a", "changed");
        Project.Write("002_b.sql", "-- Requires: 007\n-- Rollback: DROP TABLE 'b;\nSELECT 1;\nROLLBACK;\n")
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

    private static string Warned(ValidationReport report, string code) =>
        string.Join(", ", report.Warnings.Where(warning => warning.Code == code).Select(warning => Path.GetFileName(warning.Location.File)![..3]));
}
