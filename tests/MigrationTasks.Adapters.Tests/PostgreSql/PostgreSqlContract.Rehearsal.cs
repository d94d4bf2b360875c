using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

public abstract partial class PostgreSqlContract
{
    [TestMethod]
    public async Task Deferred_constraints_are_checked_at_the_end_of_each_migration_that_is_tried()
    {
        Project.Write("001_a.sql", "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE q (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO q VALUES (1);\nINSERT INTO p VALUES (1);\n")
            .Write("002_b.sql", "INSERT INTO q VALUES (2);\nINSERT INTO p VALUES (2);\nALTER TABLE q ADD COLUMN note text DEFAULT 'x';\n".Replace("ALTER", "-- ALTER", StringComparison.Ordinal))
            .Write("003_c.sql", "ALTER TABLE q ADD COLUMN note text;\nCREATE TABLE r (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO r VALUES (3);\nINSERT INTO p VALUES (3);\n");
        (await Project.RehearseAsync()).Succeeded().HasTried("001_a.sql", "002_b.sql", "003_c.sql");

        (await Project.Write("002_b.sql", "INSERT INTO q VALUES (7);\n").RehearseAsync()).HasTried("001_a.sql").FailedWith("MIG4005").Says("q_id_fkey");

        (await Project.Write("002_b.sql", "SELECT 1;\n").MigrateAsync()).Applied("001_a.sql", "002_b.sql", "003_c.sql");
    }

    [TestMethod]
    public async Task Constraints_of_one_name_are_told_apart()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (p int CONSTRAINT p_fkey REFERENCES p);\nCREATE TABLE b (p int CONSTRAINT p_fkey REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nCREATE TABLE c (p int CONSTRAINT soon REFERENCES p DEFERRABLE);\n"
            .Insert(0, "CREATE TABLE p (id int PRIMARY KEY);\n").Replace("REFERENCES p ", "REFERENCES p (id) ", StringComparison.Ordinal));
        (await Project.MigrateAsync()).Applied("001_a.sql");
        Project.Write("002_z.sql", "CREATE TABLE z (i int);\n").Write("003_b.sql", "INSERT INTO b VALUES (1);\nINSERT INTO p VALUES (1);\n").Write("004_b.sql", "INSERT INTO b VALUES (2);\nINSERT INTO p VALUES (2);\nALTER TABLE z ADD j int;\n");
        (await Project.RehearseAsync()).Succeeded().HasTried("002_z.sql", "003_b.sql", "004_b.sql");

        (await Project.Write("004_b.sql", "INSERT INTO b VALUES (2);\n").RehearseAsync()).HasTried("002_z.sql", "003_b.sql").FailedWith("MIG4005").Says("p_fkey");
        (await Project.Write("004_b.sql", "SELECT 1;\nINSERT INTO c VALUES (7);\n").RehearseAsync()).FailedWith("MIG4005").At(Project.PathOf("004_b.sql"), 2, 1).Says("soon");
    }

    [TestMethod]
    public async Task An_enum_value_that_an_earlier_migration_adds_cannot_be_tried_but_one_of_its_own_is_an_error()
    {
        (await Project.Write("001_a.sql", "CREATE TYPE m AS ENUM ('a');\nCREATE TABLE t (m m);\n").MigrateAsync()).Succeeded();
        Project.Write("002_b.sql", "ALTER TYPE m ADD VALUE 'b';\n").Write("003_c.sql", "INSERT INTO t VALUES ('b');\n").Write("004_d.sql", Table("d"));

        var report = (await Project.RehearseAsync()).Succeeded().HasTried("002_b.sql", "004_d.sql");

        report.WarnedOf("MIG4017").Says("enum value");
        Assert.AreEqual("003_c.sql", report.Untried.Single().Name);
        (await Project.MigrateAsync()).Applied("002_b.sql", "003_c.sql", "004_d.sql");
        (await Project.Write("005_e.sql", "ALTER TYPE m ADD VALUE 'c';\nINSERT INTO t VALUES ('c');\n").RehearseAsync()).FailedWith("MIG4005").At(Project.PathOf("005_e.sql"), 2, 23);
    }

    [TestMethod]
    public async Task A_lock_of_somebody_else_stops_a_dry_run_as_it_stops_a_run()
    {
        (await Project.Write("001_a.sql", CreateT).MigrateAsync()).Succeeded();
        Project.StatementLock = (TimeSpan.FromSeconds(0.3), 2);
        Project.Write("002_b.sql", Table("b")).Write("003_c.sql", "ALTER TABLE t ADD COLUMN c int;\n");
        var observer = new RecordingObserver();
        await using var other = await ((PostgreSqlContractDatabase)Database).OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("SELECT * FROM t", other, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        (await Project.RehearseAsync(observer)).HasTried("002_b.sql").FailedWith("MIG4014").At(Project.PathOf("003_c.sql"), 1, 1);
        Assert.HasCount(2, observer.Waits.Where(wait => wait.Contains("Attempt", StringComparison.Ordinal)));

        Project.StatementLock = (TimeSpan.FromSeconds(0.3), 20);
        var again = new RecordingObserver();
        var run = Project.RehearseAsync(again);
        await again.WhenWaiting(run, "Attempt 3 of");
        await transaction.RollbackAsync();
        (await run).Succeeded().HasTried("002_b.sql", "003_c.sql");
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task Rows_of_a_copy_are_tried_too_and_one_that_does_not_fit_is_at_its_line()
    {
        (await Project.Write("001_a.sql", CreateT + "COPY t FROM stdin;\n1\tx\n\\.\n").RehearseAsync()).Succeeded().HasTried("001_a.sql");

        (await Project.Write("002_b.sql", "COPY t FROM stdin;\n2\tx\nboom\ty\n\\.\n").RehearseAsync()).HasTried("001_a.sql").FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 3, 1);

        await NoTableAsync("t");
    }
}
