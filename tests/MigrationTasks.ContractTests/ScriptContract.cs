using MigrationTasks.Engine.Databases;

namespace MigrationTasks.ContractTests;

/// <summary>What a database has to do besides whose adapter writes scripts (<see cref="IRunScripter"/>): its own client program runs them.</summary>
public abstract partial class ScriptContract : SqlAdapterContract
{
    private const string HistoryWithoutTimes =
        "SELECT migration_name, checksum, status, coalesce(statements_done, -1), rollback_sql, token_checksum, execution_ms >= 0 AND execution_ms < 60000, executed_at IS NOT NULL FROM schema_migrations ORDER BY migration_name";

    private readonly List<ContractDatabase> _twins = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var twin in _twins)
        {
            await twin.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public Task A_script_does_what_a_run_does() => ScriptDoesWhatARunDoesAsync(
        project =>
        {
            project.Placeholders["prefix"] = "shop_";
            project.Placeholders["lines"] = "x\ny";
            project.Write("001_a.sql", "-- Rollback: DROP TABLE ${prefix}a;\n--   SELECT '\\ it''s';\n\n" + Table("${prefix}a") + "INSERT INTO ${prefix}a VALUES (1);\nSELECT 'a;b' AS \"x;y\"; /* ; */ -- ;\n")
                .Write("002_b.sql", "-- Migration: it's \\! a :name\r\nBEGIN;\r\nCREATE TABLE b (note TEXT);\r\nINSERT INTO b VALUES ('${lines}'), ('a\r\n\r\nb'), (':note $1 ${other} \\ ?1');\r\nCOMMIT;\r\n")
                .Write("003_c.sql", Untransacted + Table("c") + "INSERT INTO c VALUES (3);\nBEGIN;\nINSERT INTO c VALUES (4);\nCOMMIT;\n")
                .Write("004_d.sql", "SELECT 1;\nBEGIN;\nINSERT INTO c VALUES (5);\nCOMMIT;\nBEGIN;\nINSERT INTO c VALUES (6);\nCOMMIT;\n")
                .Write("003_c.down.sql", "DROP TABLE c;\r\nSELECT 'x\r\ny';")
                .Write("R__one.sql", "DROP VIEW IF EXISTS one;\nCREATE VIEW one AS SELECT * FROM b;\n")
                .Write("R__two.sql", "DROP VIEW IF EXISTS two;\nCREATE VIEW two AS SELECT 1 AS x;\n");
        },
        project => project.Write("005_d.sql", Table("d")).Write("R__two.sql", "DROP VIEW IF EXISTS two;\nCREATE VIEW two AS SELECT 2 AS x;\n"));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_script_lets_no_state_of_the_session_into_the_next_migration(bool untransacted)
    {
        // Outside a transaction the role would have to keep the history.
        var leak = untransacted ? Untransacted + Dialect.LeaveState.Replace("SET ROLE pg_monitor;", "", StringComparison.Ordinal) : Dialect.LeaveState;
        var twin = await ScriptDoesWhatARunDoesAsync(project => project.Write("001_leak.sql", leak).Write("002_state.sql", Dialect.ObserveState));

        Assert.AreEqual(Dialect.CleanState, await twin.ValueAsync("SELECT * FROM state"));
    }

    [TestMethod]
    public Task A_script_creates_the_history_by_the_migration_for_it() => ScriptDoesWhatARunDoesAsync(
        project => project.Write("000_migrations_table.sql", Dialect.HistoryScript).Write("001_a.sql", Table("a")));

    [TestMethod]
    public async Task A_script_completes_a_bare_history()
    {
        await Database.ExecuteAsync(Dialect.BareHistory + "INSERT INTO schema_migrations (migration_name) VALUES ('001_a');");
        await using var twin = await CreateTwinAsync();
        await twin.ExecuteAsync(Dialect.BareHistory + "INSERT INTO schema_migrations (migration_name) VALUES ('001_a');");

        await ScriptDoesWhatARunDoesAsync(twin, project => project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")));
    }

    [TestMethod]
    public async Task A_script_refuses_to_run_twice()
    {
        var script = await ScriptAsync(Project.Write("001_a.sql", Table("a") + "INSERT INTO a VALUES (1);\n"));
        Runs(Database, script);
        var after = Database.Dump();
        Stops(Database, script);
        Assert.AreEqual(after, Database.Dump());

        var next = await ScriptAsync(Project.Write("002_b.sql", "INSERT INTO a VALUES (2);\n").Write("R__r.sql", "INSERT INTO a VALUES (3);\n"));
        Runs(Database, next);
        Stops(Database, next);
        var last = await ScriptAsync(Project.Write("R__r.sql", "INSERT INTO a VALUES (4);\n"));
        Runs(Database, last);
        Stops(Database, last);

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2", "3", "4");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-- Transaction: none\n")]
    public async Task A_script_refuses_a_migration_that_was_applied_since_it_was_written(string header)
    {
        Project.Write("001_a.sql", Table("a"));
        (await Project.MigrateAsync()).Succeeded();
        var script = await ScriptAsync(Project.Write("002_b.sql", header + "INSERT INTO a VALUES (2);\n"));
        (await Project.MigrateAsync()).Applied("002_b.sql");

        Stops(Database, script);
        await RowsAreAsync("SELECT id FROM a", "2");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
    }

    [TestMethod]
    public async Task A_script_stops_at_the_first_error_and_a_run_goes_on_from_there()
    {
        var script = await ScriptAsync(Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b") + "INSERT INTO nowhere VALUES (1);\n").Write("003_c.sql", Table("c")));

        var said = Stops(Database, script);

        Assert.Contains("nowhere", said);
        await (Dialect.CommitsSchemaChanges ? HistoryIsAsync("001_a.sql|applied", "002_b.sql|running") : HistoryIsAsync("001_a.sql|applied"));
        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT count(*) FROM b", "0") : NoTableAsync("b"));
        await NoTableAsync("c");
        (await Project.Write("002_b.sql", Table("b")).MigrateAsync()).Applied("002_b.sql", "003_c.sql");
    }

    [TestMethod]
    public async Task With_nothing_pending_the_script_does_nothing()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        var before = Database.Dump();

        var script = await ScriptAsync(Project);

        Assert.AreEqual(0, Lines(script).Count(line => !line.StartsWith("--", StringComparison.Ordinal) && line.Length > 0));
        Runs(Database, script);
        Runs(Database, script);
        Assert.AreEqual(before, Database.Dump());
    }

    [TestMethod]
    public async Task A_script_applies_up_to_the_target_and_says_what_each_part_is_of()
    {
        Project.Plan = Project.Plan with { Target = Engine.Migrations.MigrationVersion.TryParse("2", out var two) ? two : null };

        var report = (await Project.Write("001_a.sql", Table("a")).Write("002_b's.sql", Table("b")).Write("003_c.sql", Table("c")).DryRunAsync()).Succeeded();

        Assert.AreEqual("001_a.sql, 002_b's.sql", string.Join(", ", report.Scripted));
        Assert.AreEqual(2, report.Pending);
        Assert.AreEqual("-- 001_a.sql, -- 002_b's.sql", string.Join(", ", Lines(report.ScriptFile!).Where(line => line.StartsWith("-- 00", StringComparison.Ordinal)).Select(line => line.Split(',')[0])));
        Runs(Database, report.ScriptFile!);
        await HistoryIsAsync("001_a.sql|applied", "002_b's.sql|applied");
    }

    [TestMethod]
    public async Task No_part_of_the_connection_but_its_name_is_in_a_script()
    {
        var script = File.ReadAllText(await ScriptAsync(Project.Write("001_a.sql", Table("a"))));

        Assert.DoesNotContain(Database.Connection, script);
        if (Uri.TryCreate(Database.Connection, UriKind.Absolute, out var url) && url.UserInfo.Split(':') is [_, { Length: > 0 } password])
        {
            Assert.DoesNotContain(Uri.UnescapeDataString(password), script);
        }
    }

    /// <summary>Applies the same to two databases, to one by a run and to the other by a script, and compares all there is.</summary>
    /// <returns>The database that the script made.</returns>
    protected async Task<SqlContractDatabase> ScriptDoesWhatARunDoesAsync(params Action<MigrationProject>[] stages)
    {
        var twin = await CreateTwinAsync();
        _twins.Add(twin);
        await ScriptDoesWhatARunDoesAsync(twin, stages);
        return twin;
    }

    private async Task ScriptDoesWhatARunDoesAsync(SqlContractDatabase twin, params Action<MigrationProject>[] stages)
    {
        using var project = new MigrationProject(Definition, twin.Connection);
        foreach (var stage in stages)
        {
            stage(Project);
            stage(project);
            var script = await ScriptAsync(project);
            var run = (await Project.MigrateAsync()).Succeeded();
            Assert.AreNotEqual(0, run.Applied.Count);

            Runs(twin, script);

            Assert.AreEqual(Database.Dump(), twin.Dump());
            await RowsAreAsync(HistoryWithoutTimes, [.. await twin.QueryAsync(HistoryWithoutTimes)]);
            (await project.MigrateAsync()).Applied();
        }
    }

    /// <summary>Writes the script of what is pending.</summary>
    protected static async Task<string> ScriptAsync(MigrationProject project) => (await project.DryRunAsync()).Succeeded().ScriptFile!;

    /// <summary>Runs a script that has to succeed.</summary>
    protected static void Runs(SqlContractDatabase database, string script)
    {
        var (exitCode, output) = database.RunScript(script);
        Assert.AreEqual(0, exitCode, $"{output}\n\n{File.ReadAllText(script)}");
    }

    /// <summary>Runs a script that has to stop.</summary>
    /// <returns>What the program says.</returns>
    protected static string Stops(SqlContractDatabase database, string script)
    {
        var (exitCode, output) = database.RunScript(script);
        Assert.AreNotEqual(0, exitCode, output);
        return output;
    }

    private static string[] Lines(string file) => File.ReadAllLines(file);
}
