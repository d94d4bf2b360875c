using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands.Repair;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>The history of the Supabase CLI, beside ours.</summary>
[TestClass]
public sealed class SupabaseHistoryTests : PostgreSqlTest
{
    private const string Outside = "-- Transaction: none\nCREATE TABLE b (i int);\nSELECT '\\ \"x\" {}';";

    [TestMethod]
    public async Task What_is_applied_and_undone_is_so_for_the_CLI_too()
    {
        Project.KeepsToolHistory = true;
        Project.Write("20260102030405_a.sql", "CREATE TABLE a (i int);").Write("20260103030405_b_c.sql", Outside).Write("20260103030405_b_c.down.sql", "-- Transaction: none\nDROP TABLE b;").Write("R__views.sql", "SELECT 1;");

        (await Project.MigrateAsync()).Applied("20260102030405_a.sql", "20260103030405_b_c.sql", "R__views.sql").WithoutWarnings();

        Assert.AreEqual("20260102030405|a|{\"CREATE TABLE a (i int)\"} 20260103030405|b_c|{\"CREATE TABLE b (i int)\",\"SELECT '\\\\ \\\"x\\\" {}'\"}", await TheirsAsync());
        Assert.AreEqual("version statements name", await ColumnsAsync());
        (await Project.RollBackAsync()).Succeeded();
        Assert.AreEqual("20260102030405", await VersionsAsync());
        Project.Write("20260102030405_a.down.sql", "DROP TABLE a;");
        (await Project.RollBackAsync()).Succeeded();
        Assert.AreEqual("", await VersionsAsync());
    }

    [TestMethod]
    public async Task A_migration_that_fails_is_not_applied_there_either()
    {
        Project.KeepsToolHistory = true;

        (await Project.Write("1_a.sql", "CREATE TABLE a (i int);").Write("2_b.sql", "SELECT nope;").MigrateAsync()).FailedWith("MIG4005");

        Assert.AreEqual("1", await VersionsAsync());
    }

    [TestMethod]
    public async Task After_an_import_it_goes_on_and_what_it_knew_of_statements_stays()
    {
        await Database.ExecuteAsync("CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY, statements text[]); INSERT INTO supabase_migrations.schema_migrations VALUES ('1', '{kept}')");
        Project.KeepsToolHistory = true;
        Project.Write("1_a.sql", "SELECT nope;").Write("2_b.sql", "SELECT 2;").Write("3_c.sql", "SELECT nope;");

        (await Project.ImportAsync()).Succeeded();
        (await Project.BaselineAsync("3")).Succeeded();

        Assert.AreEqual("1|a|{kept} 2|b| 3|c|", await TheirsAsync());
        Project.Delete("2_b.sql");
        (await Project.RepairAsync(Repairs.Missing)).Succeeded();
        Assert.AreEqual("1 3", await VersionsAsync());
    }

    [TestMethod]
    public async Task Without_being_asked_it_is_left_alone()
    {
        (await Project.Write("1_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();

        Assert.IsFalse(await Database.QueryScalarAsync<bool>("SELECT to_regnamespace('supabase_migrations') IS NOT NULL"));
    }

    [TestMethod]
    public async Task A_user_who_may_not_create_it_is_told_what_is_missing()
    {
        await Database.ExecuteAsync("CREATE ROLE migrator_of_supabase LOGIN PASSWORD 'x'; GRANT CREATE ON SCHEMA public TO migrator_of_supabase");
        try
        {
            var project = ProjectAt(new UriBuilder(Database.Url) { UserName = "migrator_of_supabase", Password = "x" }.Uri.ToString());
            project.KeepsToolHistory = true;

            (await project.Write("1_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).HasApplied().FailedWith("MIG4013").Says("permission denied for database");
        }
        finally
        {
            await Database.ExecuteAsync("DROP OWNED BY migrator_of_supabase; DROP ROLE migrator_of_supabase");
        }
    }

    private Task<string?> TheirsAsync() => Database.QueryScalarAsync<string>("SELECT coalesce(string_agg(version || '|' || name || '|' || coalesce(statements::text, ''), ' ' ORDER BY version), '') FROM supabase_migrations.schema_migrations");

    private Task<string?> VersionsAsync() => Database.QueryScalarAsync<string>("SELECT coalesce(string_agg(version, ' ' ORDER BY version), '') FROM supabase_migrations.schema_migrations");

    private Task<string?> ColumnsAsync() => Database.QueryScalarAsync<string>("SELECT string_agg(attname::text, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'supabase_migrations.schema_migrations'::regclass AND attnum > 0");
}
