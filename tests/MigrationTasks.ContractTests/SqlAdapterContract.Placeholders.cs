namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    private const string Untouched = "$$ $1 ${other} {prefix} $2b$12$K3JNi5xUQEzZqTnXq1Zq8OYx0Zz2V1c9t1m6yZtJq5yQ1Qe1Xe0Ga";

    [TestMethod]
    public async Task A_placeholder_has_its_value_in_names_and_strings_and_all_else_stays()
    {
        Project.Placeholders["prefix"] = "shop_";
        Project.Placeholders["note"] = "it''s 100%; ${prefix}";
        Project.Placeholders["columns"] = "id INTEGER,\n  note TEXT";
        Project.Write("001_a.sql", $"-- ${{prefix}}\nCREATE TABLE ${{prefix}}orders (${{columns}});\nINSERT INTO ${{Prefix}}orders VALUES (1, '${{note}}'), (2, '{Untouched}');\n");

        (await Project.MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        await RowsAreAsync("SELECT note FROM shop_orders ORDER BY id", "it's 100%; ${prefix}", Untouched);
    }

    [TestMethod]
    public async Task A_value_may_hold_whole_statements()
    {
        Project.Placeholders["audit"] = "CREATE TABLE audit (id INTEGER);\nINSERT INTO audit VALUES (7)";
        Project.Write("001_a.sql", "${audit};\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT id FROM audit", "7");
    }

    [TestMethod]
    [DataRow("t")]
    [DataRow("")]
    [DataRow("a_much_longer_name")]
    [DataRow("t; CREATE TABLE u (id INTEGER); SELECT 1\n AS one,\n 'x'")]
    public async Task An_error_behind_a_placeholder_is_at_its_line_and_column(string value)
    {
        Project.Placeholders["value"] = value;
        Project.Write("001_a.sql", "SELECT 1 AS x${value}, nope\n;");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 1, 24).Says("nope");
    }

    [TestMethod]
    public async Task An_error_in_a_value_is_at_its_placeholder()
    {
        Project.Placeholders["column"] = "1,\n  nope";
        Project.Write("001_a.sql", "SELECT\n  ${column};\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 2, 3).Says("nope");
    }

    [TestMethod]
    public async Task A_value_that_never_closes_what_it_opens_is_found_at_its_placeholder_before_anything_runs()
    {
        Project.Placeholders["name"] = "hunter2'";
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "SELECT 1;\nSELECT ${name};\n");

        var error = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("002_b.sql"), 2, 8);

        Assert.DoesNotContain("hunter2", error.Message);
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_rollback_is_kept_as_it_would_run()
    {
        Project.Placeholders["prefix"] = "shop_";
        Project.Placeholders["ids"] = "1,\n2";
        Project.Write("001_a.sql", "-- Rollback: DELETE FROM ${prefix}a WHERE id IN (${ids});\n--           DROP TABLE ${prefix}a;\nCREATE TABLE ${prefix}a (id INTEGER);")
            .Write("002_b.sql", "CREATE TABLE ${prefix}b (id INTEGER);").Write("002_b.down.sql", "DROP TABLE ${prefix}b;");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await RowsAreAsync("SELECT rollback_sql FROM schema_migrations ORDER BY migration_name", "DELETE FROM shop_a WHERE id IN (1,\n2);\nDROP TABLE shop_a;", "DROP TABLE shop_b;");
    }

    [TestMethod]
    public async Task Placeholders_work_outside_a_transaction_too()
    {
        Project.Placeholders["prefix"] = "shop_";
        Project.Write("001_a.sql", "-- Transaction: none\nCREATE TABLE ${prefix}a (id INTEGER);\nSELECT '${prefix}', nope;\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 21);

        await RowsAreAsync("SELECT id FROM shop_a");
    }
}
