namespace MigrationTasks.ContractTests;

/// <content>The dry run that writes a script: what it leaves, what stops it, and what it waits for.</content>
public abstract partial class ScriptContract
{
    [TestMethod]
    public async Task A_dry_run_leaves_nothing_in_the_database()
    {
        (await Project.Write("001_a.sql", Table("a")).DryRunAsync()).Succeeded().WithoutWarnings();
        await NoTableAsync("schema_migrations");

        (await Project.MigrateAsync()).Applied("001_a.sql");
        (await Project.Write("002_b.sql", Table("b")).DryRunAsync()).Succeeded().WithoutWarnings();

        await HistoryIsAsync("001_a.sql|applied");
        (await Project.MigrateAsync()).Applied("002_b.sql");
    }

    [TestMethod]
    public async Task A_dry_run_writes_nothing_of_a_migration_without_a_statement()
    {
        var script = (await Project.Write("001_later.sql", "-- nothing yet\n").DryRunAsync()).Succeeded();

        Assert.AreEqual((0, 1), (script.Scripted.Count, script.Empty));
    }

    [TestMethod]
    [DataRow("SELECT 'oops;\n", "MIG2004", DisplayName = "a quote that is not closed")]
    [DataRow("ROLLBACK;\n", "MIG2007", DisplayName = "transaction control")]
    [DataRow("-- Requires: 007\nSELECT 1;\n", "MIG2011", DisplayName = "a requirement that is not there")]
    public async Task What_stops_a_run_stops_a_dry_run_and_the_earlier_script_stays(string sql, string code)
    {
        var script = await ScriptAsync(Project.Write("001_a.sql", Table("a")));
        var before = File.ReadAllText(script);

        var report = await Project.Write("002_b.sql", sql).DryRunAsync();

        report.FailedWith(code);
        Assert.IsNull(report.ScriptFile);
        Assert.AreEqual(before, File.ReadAllText(script));
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(script)!));
    }

    [TestMethod]
    public async Task What_no_transaction_can_hold_stops_a_dry_run_where_a_header_has_to_say_so()
    {
        var report = await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", $"{Dialect.Alone};\n").DryRunAsync();

        Assert.AreEqual(Dialect.CommitsSchemaChanges ? "" : "MIG2008", string.Join(", ", report.Errors.Select(error => error.Code)));
    }

    [TestMethod]
    public async Task An_edited_migration_stops_a_dry_run()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        (await Project.Write("001_a.sql", Table("edited")).Write("002_b.sql", Table("b")).DryRunAsync()).FailedWith("MIG3002");
    }

    [TestMethod]
    public async Task A_migration_that_goes_on_where_it_stopped_cannot_do_so_by_a_script()
    {
        Project.Write("001_a.sql", Untransacted + Table("a") + "INSERT INTO nowhere VALUES (1);\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", Untransacted + Table("a") + "INSERT INTO a VALUES (1);\n").DryRunAsync()).FailedWith("MIG3031").Says("-t:Migrate");

        (await Project.MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_script_overwrites_nothing_but_a_script()
    {
        Project.Write("001_a.sql", Table("a"));
        var notes = Path.Combine(Project.Path, "notes.sql");
        File.WriteAllText(notes, "SELECT 'mine';");
        Directory.CreateDirectory(Path.Combine(Project.Path, "folder.sql"));

        (await Project.DryRunAsync(notes)).FailedWith("MIG1024").Says("no script of a dry run");
        (await Project.DryRunAsync(Path.Combine(Project.Path, "folder.sql"))).FailedWith("MIG1024");
        (await Project.DryRunAsync(Path.Combine(notes, "below.sql"))).FailedWith("MIG1024");
        (await Project.DryRunAsync(Project.PathOf("001_a.sql"))).FailedWith("MIG1024").Says("migrations folder");
        (await Project.DryRunAsync(Project.PathOf("002_b.sql"))).FailedWith("MIG1024").Says("migrations folder");

        Assert.AreEqual("SELECT 'mine';", File.ReadAllText(notes));
        Assert.AreEqual(Table("a"), File.ReadAllText(Project.PathOf("001_a.sql")));
        (await Project.DryRunAsync(Path.Combine(Project.Path, "new", "script.sql"))).Succeeded();
        (await Project.DryRunAsync(Path.Combine(Project.Path, "new", "script.sql"))).Succeeded();
    }

    [TestMethod]
    public async Task A_dry_run_waits_for_a_migration_that_runs_outside_a_transaction()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b.sql", Untransacted + Table("b")).Write("003_c.sql", Table("c"));
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name, status, statements_done) VALUES ('002_b.sql', 'running', 0)");
        await using var other = Project.CreateAdapter();
        await other.ConnectAsync(default);
        var held = await other.LockRunAsync(default);

        Project.LockTimeout = TimeSpan.FromSeconds(0.5);
        (await Project.DryRunAsync()).FailedWith("MIG3008");

        Project.LockTimeout = TimeSpan.FromSeconds(60);
        var dryRun = Project.DryRunAsync();
        await Task.Delay(500);
        Assert.IsFalse(dryRun.IsCompleted);
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'applied' WHERE migration_name = '002_b.sql'");
        await held.DisposeAsync();
        Assert.AreEqual("003_c.sql", string.Join(", ", (await dryRun).Succeeded().Scripted));
    }

    [TestMethod]
    public async Task A_cancelled_dry_run_leaves_no_script()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        (await Project.Write("001_a.sql", Table("a")).DryRunAsync(cancellation: cancellation.Token)).FailedWith("MIG4007");

        Assert.IsFalse(Directory.Exists(Path.Combine(Project.Path, "obj")));
    }
}
