using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Who may touch the history table. A role belongs to the whole server, so that each test has one of its own.</summary>
[TestClass]
public sealed class HistoryAccessTests : PostgreSqlTest
{
    private const string IsClosed = "SELECT relrowsecurity FROM pg_class WHERE relname = 'schema_migrations'";

    private readonly List<string> _roles = [];

    [TestCleanup]
    public async Task DropRolesAsync()
    {
        foreach (var role in _roles)
        {
            await Database.ExecuteAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        }
    }

    [TestMethod]
    public async Task A_new_history_is_closed_to_those_who_have_every_new_table_by_default()
    {
        var stranger = await StrangerAsync();
        await OpenByDefaultAsync(stranger);

        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        Assert.AreEqual("", await PrivilegesAsync(stranger));
        Assert.IsTrue(await Database.QueryScalarAsync<bool>(IsClosed), "Somebody who grants on all tables later must not open it.");
        (await Project.Write("002_b.sql", "CREATE TABLE b (i int);").MigrateAsync()).Applied("002_b.sql").WithoutWarnings();
    }

    [TestMethod]
    [DataRow("-- Transaction: none\nCREATE TABLE a (i int);", DisplayName = "outside a transaction")]
    [DataRow("CREATE TABLE a (i int);", DisplayName = "in one")]
    public async Task So_is_one_in_a_schema_that_is_made_for_it(string script)
    {
        var stranger = await StrangerAsync();
        await OpenByDefaultAsync(stranger);
        Project.HistoryTable = "ops.history";

        (await Project.Write("001_a.sql", script).MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("", await PrivilegesAsync(stranger, "ops.history"));
    }

    [TestMethod]
    public async Task Where_nobody_has_anything_by_default_no_row_security_gets_in_the_way_of_who_is_granted_something()
    {
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();

        Assert.IsFalse(await Database.QueryScalarAsync<bool>(IsClosed));
    }

    [TestMethod]
    public async Task A_history_that_is_completed_is_closed_but_to_those_who_were_let_in_on_purpose()
    {
        var (stranger, monitor) = (await StrangerAsync(), await StrangerAsync());
        await OpenByDefaultAsync(stranger);
        await Database.ExecuteAsync($"CREATE TABLE schema_migrations (migration_name text PRIMARY KEY); GRANT SELECT ON schema_migrations TO {monitor}; GRANT ALL ON schema_migrations TO PUBLIC");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql").WarnedOf("MIG3034").Says("PUBLIC").Says(stranger);

        Assert.AreEqual(("", "SELECT"), (await PrivilegesAsync(stranger), await PrivilegesAsync(monitor)));
        Assert.IsFalse(await Database.QueryScalarAsync<bool>(IsClosed), "It would blind the monitor.");
        (await Project.Write("002_b.sql", "SELECT 1;").MigrateAsync()).Applied("002_b.sql").WithoutWarnings();
        Assert.AreEqual("SELECT", await PrivilegesAsync(monitor));
    }

    [TestMethod]
    public async Task A_script_that_creates_the_history_decides_who_is_let_in()
    {
        var (stranger, monitor) = (await StrangerAsync(), await StrangerAsync());
        await OpenByDefaultAsync(stranger);
        Project.Write("000_migrations_table.sql", $"CREATE TABLE schema_migrations (migration_name text PRIMARY KEY); GRANT SELECT ON schema_migrations TO {monitor};");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded().WithoutWarnings();

        Assert.AreEqual(("", "SELECT"), (await PrivilegesAsync(stranger), await PrivilegesAsync(monitor)));
    }

    [TestMethod]
    [DataRow("INSERT")]
    [DataRow("UPDATE (checksum)")]
    [DataRow("TRIGGER")]
    public async Task A_complete_history_that_is_open_is_told_with_the_statement_that_closes_it(string privilege)
    {
        var stranger = await StrangerAsync();
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync($"GRANT {privilege} ON schema_migrations TO {stranger}");

        var warning = (await Project.MigrateAsync()).Applied().WarnedOf("MIG3034").Says(stranger);
        (await Project.GetStatusAsync()).WarnedOf("MIG3034");
        (await Project.ValidateAsync()).WarnedOf("MIG3034");

        await Database.ExecuteAsync(warning.Message[warning.Message.IndexOf("REVOKE", StringComparison.Ordinal)..(warning.Message.LastIndexOf(';') + 1)]);
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_reader_who_was_let_in_on_purpose_is_nobodys_business()
    {
        var monitor = await StrangerAsync();
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync($"GRANT SELECT ON schema_migrations TO {monitor}");

        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_history_whose_rows_are_hidden_is_not_taken_for_an_empty_one()
    {
        var deployer = await StrangerAsync("LOGIN PASSWORD 'pw'");
        (await Project.Write("001_a.sql", "CREATE TABLE a (i int);").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync($"GRANT ALL ON schema_migrations TO {deployer}; ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY");
        using var other = new MigrationProject(new MigrationTasks.PostgreSql.PostgreSqlDefinition(), $"postgres://{deployer}:pw@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable");
        other.Write("001_a.sql", "CREATE TABLE a (i int);").Write("002_b.sql", "SELECT 1;");

        var error = (await other.MigrateAsync()).HasApplied().FailedWith("MIG3035").Says(deployer);

        await Database.ExecuteAsync(error.Message[error.Message.IndexOf("CREATE POLICY", StringComparison.Ordinal)..]);
        (await other.MigrateAsync()).Applied("002_b.sql");
    }

    private async Task<string> StrangerAsync(string options = "NOLOGIN")
    {
        var role = $"r{Guid.NewGuid():n}";
        await Database.ExecuteAsync($"CREATE ROLE {role} {options}");
        _roles.Add(role);
        return role;
    }

    // As Supabase has it.
    private Task OpenByDefaultAsync(string role) => Database.ExecuteAsync($"ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {role}");

    private async Task<string?> PrivilegesAsync(string role, string table = "public.schema_migrations") => await Database.QueryScalarAsync<string>(
        $"SELECT coalesce(string_agg(p, ',' ORDER BY p), '') FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','TRIGGER']) p WHERE has_table_privilege('{role}', '{table}', p)");
}
