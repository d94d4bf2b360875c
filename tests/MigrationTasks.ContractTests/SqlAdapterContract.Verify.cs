using MigrationTasks.Engine.Commands.Verify;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    private const string LockFile = "schema.lock";

    [TestMethod]
    public async Task Migrations_and_their_rollbacks_are_verified_without_the_real_database()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n" + Table("a")).Write("002_b.sql", Table("b")).Write("R__v.sql", "CREATE VIEW v AS SELECT id FROM a;\n");

        var report = await Project.VerifyAsync();

        Assert.AreEqual("", string.Join('\n', report.Errors.Concat(report.Warnings)));
        Assert.AreEqual((3, 3, SchemaCheck.None, SchemaCheck.None), (report.Verified, report.New, report.LockFile, report.Drift));
        foreach (var name in new[] { "a", "b", "schema_migrations", "migrationtasks_shadow" })
        {
            await NoTableAsync(name);
        }

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql", "R__v.sql");
        Assert.AreEqual((3, 0, SchemaCheck.Same), await VerifiedAsync());
    }

    [TestMethod]
    public async Task Only_what_is_new_runs_on_the_shadow()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).VerifyAsync();

        var nothing = await Project.VerifyAsync();
        var one = await Project.Write("003_c.sql", Table("c")).VerifyAsync();
        var edited = await Project.Write("002_b.sql", Table("bb")).VerifyAsync();
        var removed = await Project.Delete("003_c.sql").VerifyAsync();
        var inserted = await Project.Write("0015_x.sql", Table("x")).VerifyAsync();

        Assert.AreEqual((2, 0), (nothing.Verified, nothing.New));
        Assert.AreEqual((3, 1), (one.Verified, one.New));
        Assert.AreEqual((3, 2), (edited.Verified, edited.New), "What is before the edited one was verified as it is.");
        Assert.AreEqual((2, 0), (removed.Verified, removed.New));
        Assert.AreEqual((3, 1), (inserted.Verified, inserted.New));
        (await Project.WriteSchemaAsync()).Succeeded();
        var schema = await File.ReadAllTextAsync(Project.PathOf(LockFile));
        Assert.Contains("bb\n", schema);
        Assert.DoesNotContain("c\n  column", schema);
    }

    [TestMethod]
    public async Task A_rollback_that_leaves_something_is_an_error_at_its_place()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", $"-- Rollback: DROP TABLE b;\n{Table("b")}ALTER TABLE a ADD name VARCHAR(20);\n").Write("003_c.sql", "-- Rollback: DROP TABLE c;\n" + Table("c"));

        for (var run = 0; run < 2; run++)
        {
            var report = await Project.VerifyAsync();
            report.FailedWith("MIG6015").At(Project.PathOf("002_b.sql"), 1, 14).Says("002_b.sql").Says("a, column name is left");
            Assert.AreEqual(3, report.Verified);
        }

        await Project.Write("002_b.sql", $"-- Rollback: DROP TABLE b; ALTER TABLE a DROP COLUMN name;\n{Table("b")}ALTER TABLE a ADD name VARCHAR(20);\n").VerifyAsync();
        Assert.AreEqual((3, 0, SchemaCheck.None), await VerifiedAsync());
    }

    [TestMethod]
    public async Task A_rollback_that_fails_is_an_error_at_its_line()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", Table("a")).Write("001_a.down.sql", "\nDROP TABLE a;\nDROP TABLE nope;\n").Write("002_b.sql", Table("b"));

        var report = await Project.VerifyAsync();

        var failure = report.FailedWith("MIG6014").Says("001_a.sql").Says("nope");
        Assert.AreEqual((Project.PathOf("001_a.down.sql"), 3), (failure.Location.File, failure.Location.Line));
        Assert.AreEqual(2, report.Verified);
    }

    [TestMethod]
    public async Task A_migration_that_fails_on_the_shadow_is_an_error_at_its_line()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "\n  SELECT nope FROM a;\n").Write("003_c.sql", Table("c"));

        var report = await Project.VerifyAsync();

        var failure = report.FailedWith("MIG4005").Says("nope");
        Assert.AreEqual((Project.PathOf("002_b.sql"), 2), (failure.Location.File, failure.Location.Line));
        Assert.AreEqual(1, report.Verified);
        await NoTableAsync("a");
        await Project.Write("002_b.sql", "SELECT id FROM a;\n").VerifyAsync();
        Assert.AreEqual((3, 0, SchemaCheck.None), await VerifiedAsync());
    }

    [TestMethod]
    public async Task What_runs_outside_a_transaction_is_verified_with_its_rollback_too()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", $"{Untransacted}-- Rollback: DROP TABLE a;\n{Table("a")}")
            .Write("002_b.sql", $"{Untransacted}-- Rollback: DROP TABLE b;\n{Table("b")}{Table("left")}".Replace("left", "rest", StringComparison.Ordinal))
            .Write("003_c.sql", $"-- Rollback: DROP TABLE c;\n{Table("c")}");

        var report = await Project.VerifyAsync();

        report.FailedWith("MIG6015").Says("rest is left");
        Assert.AreEqual(3, report.Verified);
        Assert.AreEqual((3, 0, SchemaCheck.None), await VerifiedAsync(), "It is not verified again, and not forgotten.");
        (await Project.WriteSchemaAsync()).Succeeded();
        Assert.Contains("rest", await File.ReadAllTextAsync(Project.PathOf(LockFile)));
    }

    [TestMethod]
    public async Task The_lock_file_is_the_schema_of_the_migrations_and_verified()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", Table("a"));
        Assert.IsTrue((await Project.WriteSchemaAsync()).Succeeded().IsChanged);
        Assert.IsFalse((await Project.WriteSchemaAsync()).Succeeded().IsChanged);
        Assert.AreEqual(SchemaCheck.Same, (await Project.VerifyAsync()).Succeeded().LockFile);

        Project.Write("002_b.sql", Table("b"));

        var stale = await Project.VerifyAsync();
        Assert.AreEqual(Project.PathOf(LockFile), stale.FailedWith("MIG6017").Says("b is missing").Location.File);
        Assert.AreEqual(SchemaCheck.Different, stale.LockFile);
        await File.WriteAllTextAsync(Project.PathOf(LockFile), "<<<<<<< ours\n");
        (await Project.VerifyAsync()).FailedWith("MIG6001");
        Assert.IsTrue((await Project.WriteSchemaAsync()).Succeeded().IsChanged);
        Assert.AreEqual(SchemaCheck.Same, (await Project.VerifyAsync()).Succeeded().LockFile);
    }

    [TestMethod]
    public async Task What_somebody_changed_by_hand_is_named_and_what_is_pending_is_not()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();
        Project.Write("003_c.sql", "ALTER TABLE a ADD name VARCHAR(20);\nDROP TABLE b;\n").Write("004_d.sql", Table("d"));
        Assert.AreEqual((4, SchemaCheck.Same), await DriftAsync());

        await ExecuteAsync("ALTER TABLE a ADD hand INTEGER");
        await ExecuteAsync("DROP TABLE b");

        var report = await Project.VerifyAsync();
        Assert.AreEqual("MIG6018 MIG6018", string.Join(' ', report.Errors.Select(error => error.Code)));
        Assert.IsTrue(report.Errors.Any(error => error.Message.Contains("a, column hand is added", StringComparison.Ordinal)), report.Errors[0].Message);
        Assert.IsTrue(report.Errors.Any(error => error.Message.Contains("b is removed", StringComparison.Ordinal)), report.Errors[1].Message);
        Assert.AreEqual(SchemaCheck.Different, report.Drift);
    }

    [TestMethod]
    public async Task A_database_whose_files_were_edited_since_is_not_compared_and_that_is_said()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        var report = (await Project.Write("001_a.sql", Table("aa")).VerifyAsync()).Succeeded();

        Assert.AreEqual(SchemaCheck.NotCompared, report.Drift);
        Assert.AreEqual("MIG6019", report.Warnings.Single().Code);
        report.Warnings.Single().Says("001_a.sql");
    }

    [TestMethod]
    public async Task A_shadow_that_was_removed_is_made_again()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        (await Project.Write("001_a.sql", Table("a")).VerifyAsync()).Succeeded();
        Assert.IsTrue((await Project.DropShadowAsync()).Succeeded().IsDropped);
        Assert.AreEqual(1, (await Project.VerifyAsync()).Succeeded().New);
    }

    [TestMethod]
    public async Task Two_builds_verify_at_once()
    {
        if (await RefusesToVerifyAsync())
        {
            return;
        }

        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n" + Table("a")).Write("002_b.sql", Table("b"));

        var reports = await Task.WhenAll(Task.Run(() => Project.VerifyAsync()), Task.Run(() => Project.VerifyAsync()));

        Assert.AreEqual("", string.Join('\n', reports.SelectMany(report => report.Errors)));
        Assert.AreEqual(2, reports.Sum(report => report.New), "One of them waited for the other.");
    }


    private async Task<(int Verified, int New, SchemaCheck Drift)> VerifiedAsync()
    {
        var report = await Project.VerifyAsync();
        return (report.Verified, report.New, report.Drift);
    }

    private async Task<(int Verified, SchemaCheck Drift)> DriftAsync()
    {
        var report = (await Project.VerifyAsync()).Succeeded();
        return (report.Verified, report.Drift);
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(default);
        await adapter.ExecuteAsync(statement, default);
    }

    // An adapter need not be able to make shadows; one that is not says so, and nothing else happens.
    private async Task<bool> RefusesToVerifyAsync()
    {
        await using var adapter = Project.CreateAdapter();
        if (adapter is IShadowServer)
        {
            return false;
        }

        (await Project.Write("001_a.sql", Table("a")).VerifyAsync()).FailedWith("MIG6012").Says("create a shadow database");
        await NoTableAsync("a");
        return true;
    }
}
