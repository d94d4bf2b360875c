namespace MigrationTasks.ContractTests;

/// <summary>A database in which another tool has applied two migrations of three: how its history says so, and what the files are called.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Rows">The statement that adds the rows.</param>
/// <param name="First">The file of the first migration.</param>
/// <param name="Second">The file of the second.</param>
public sealed record ForeignDatabase(string Tool, string Table, string Rows, string First, string Second)
{
    /// <summary>A file that comes after both.</summary>
    public string Third => $"{new string('9', First.IndexOf('_', StringComparison.Ordinal))}_third.sql";

    /// <summary>A history table that is not the other tool's.</summary>
    public string? HistoryTable => Table == "schema_migrations" ? "migration_history" : null;

    /// <summary>One for each tool; what times there are say 2026-01-02 03:04:05.</summary>
    public static IReadOnlyList<ForeignDatabase> All { get; } =
    [
        new("flyway", "flyway_schema_history", """
            INSERT INTO flyway_schema_history VALUES
              (1, '1', 'create users', 'SQL', 'V1__create_users.sql', 1234, 'ann', '2026-01-02 03:04:05', 12, true),
              (2, '1.1', 'add orders', 'SQL', 'V1_1__add_orders.sql', 1234, 'ann', '2026-01-02 03:04:05', 12, true)
            """, "001_create_users.sql", "002_add_orders.sql"),
        new("liquibase", "databasechangelog", """
            INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum, description) VALUES
              ('raw', 'ann', 'db/changelog/001_create_users.sql', '2026-01-02 03:04:05', 1, 'EXECUTED', '9:abc', 'sql'),
              ('002-add-orders', 'ann', 'db/changelog/root.xml', '2026-01-02 03:04:05', 2, 'EXECUTED', '9:abc', 'createTable tableName=orders')
            """, "001_create_users.sql", "002_add_orders.sql"),
        new("efcore", "\"__EFMigrationsHistory\"", "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20260102030405_CreateUsers', '10.0.0'), ('20260103030405_AddOrders', '10.0.0')", "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
        new("dbup", "schemaversions", "INSERT INTO schemaversions (scriptname, applied) VALUES ('Shop.Scripts.Script0001 - Create users.sql', '2026-01-02 03:04:05'), ('002_add_orders.sql', '2026-01-02 03:04:05')", "0001_create_users.sql", "002_add_orders.sql"),
        new("evolve", "changelog", """
            INSERT INTO changelog (type, version, description, name, checksum, installed_by, installed_on, success) VALUES
              (0, '1', 'create users (12 ms)', 'V1__create_users.sql', 'abc', 'ann', '2026-01-02 03:04:05', true),
              (0, '2', 'add orders (3 ms)', 'V2__add_orders.sql', 'abc', 'ann', '2026-01-02 03:04:05', true)
            """, "001_create_users.sql", "002_add_orders.sql"),
        new("grate", "grate.\"ScriptsRun\"", """
            INSERT INTO grate."ScriptsRun" (version_id, script_name, text_of_script, text_hash, one_time_script, entry_date) VALUES
              (1, '001_create_users.sql', 'CREATE …', 'abc', true, '2026-01-02 03:04:05'),
              (1, '002_add_orders.sql', 'CREATE …', 'abc', true, '2026-01-02 03:04:05')
            """, "001_create_users.sql", "002_add_orders.sql"),
        new("golang-migrate", "schema_migrations", "INSERT INTO schema_migrations VALUES (2, false)", "000001_create_users.sql", "000002_add_orders.sql"),
        new("dbmate", "schema_migrations", "INSERT INTO schema_migrations VALUES ('20260102030405'), ('20260103030405')", "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
        new("ecto", "schema_migrations", "INSERT INTO schema_migrations VALUES (20260102030405, '2026-01-02 03:04:05'), (20260103030405, '2026-01-02 03:04:05')", "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
        new("goose", "goose_db_version", "INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (0, true, '2026-01-02 03:04:05'), (1, true, '2026-01-02 03:04:05'), (2, true, '2026-01-02 03:04:05')", "00001_create_users.sql", "00002_add_orders.sql"),
        new("prisma", "_prisma_migrations", """
            INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES
              ('a', 'abc', '2026-01-02 03:04:05+00', '20260102030405_create_users', '2026-01-02 03:04:05+00', 1),
              ('b', 'abc', '2026-01-02 03:04:05+00', '20260103030405_add_orders', '2026-01-02 03:04:05+00', 1)
            """, "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
        new("supabase", "supabase_migrations.schema_migrations", "INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ('20260102030405', 'create_users', '{}'), ('20260103030405', 'add_orders', null)", "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
        new("node-pg-migrate", "pgmigrations", "INSERT INTO pgmigrations (name, run_on) VALUES ('1767323045678_create-users', '2026-01-02 03:04:05'), ('1767323045679_add-orders', '2026-01-02 03:04:05')", "1767323045678_create-users.sql", "1767323045679_add-orders.sql"),
        new("fluentmigrator", "\"VersionInfo\"", "INSERT INTO \"VersionInfo\" VALUES (20260102030405, '2026-01-02 03:04:05', 'CreateUsers'), (20260103030405, '2026-01-02 03:04:05', 'Adds orders, at last')", "20260102030405_create_users.sql", "20260103030405_add_orders.sql"),
    ];

    /// <summary>The statement that adds the rows, and the name of the table, for a database without schemas, and without times that know their zone.</summary>
    public ForeignDatabase WithoutSchemas() => this with { Table = Flat(Table), Rows = Flat(Rows) };

    private static string Flat(string sql) => sql.Replace("grate.\"ScriptsRun\"", "grate_ScriptsRun", StringComparison.Ordinal).Replace("+00'", "'", StringComparison.Ordinal);
}
