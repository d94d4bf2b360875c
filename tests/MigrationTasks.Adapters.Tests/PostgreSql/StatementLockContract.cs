using System.Diagnostics;
using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Locks that an application holds while a migration wants them: it steps aside, tries again, and says who is in its way.</summary>
public abstract class StatementLockContract : IAsyncDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    // Long enough for a look at who is in the way, on a busy machine too.
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(2);

    private MigrationProject _project = null!;

    protected TestDatabase Database { get; private set; } = null!;

    protected MigrationProject Project => _project;

    [TestInitialize]
    public async Task CreateAsync()
    {
        Database = await (await Require.ServerAsync(GetServerAsync)).CreateDatabaseAsync();
        Use(await ConnectionToAsync(Database));
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);").MigrateAsync()).Succeeded();
        Project.StatementLock = (Short, 10);
    }

    public async ValueTask DisposeAsync()
    {
        _project?.Dispose();
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public async Task A_migration_lets_others_through_until_the_lock_is_free()
    {
        await using var application = await BeginAsync("SELECT * FROM a");
        var process = application.ProcessID;
        var observer = new RecordingObserver();

        var run = Project.Write("002_b.sql", "CREATE TABLE b (id int);").Write("003_c.sql", "ALTER TABLE a ADD c int;").Write("004_d.sql", "CREATE TABLE d (id int);").MigrateAsync(observer);
        await UntilItWaitsAsync(run);
        var startedAt = Stopwatch.GetTimestamp();
        await Database.RowsAsync("SELECT * FROM a");

        Assert.IsFalse(run.IsCompleted, "The run should still be waiting.");
        Assert.IsLessThan(TimeSpan.FromSeconds(3), Stopwatch.GetElapsedTime(startedAt), "A query of the application had to wait for too long.");
        await observer.WhenWaiting(run, $"003_c.sql: waits for a lock on a. In its way: process {process} (application 'the shop', ");
        await observer.WhenWaiting(run, "The migration was rolled back. Attempt 2 of 11 is in ");
        Assert.IsFalse(run.IsCompleted, "The run should still be waiting.");
        await application.DisposeAsync();
        (await run).Applied("002_b.sql", "003_c.sql", "004_d.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_migration_that_never_gets_its_lock_fails_and_says_who_is_in_its_way()
    {
        Project.StatementLock = (Visible, 1);
        await using var application = await BeginAsync("SELECT 'secret' FROM a");

        var report = await Project.Write("002_b.sql", "CREATE TABLE b (id int);").Write("003_c.sql", "CREATE TABLE c (id int);\n  ALTER TABLE a ADD c int;").MigrateAsync();

        var problem = report.HasApplied("002_b.sql").FailedWith("MIG4014").At(Project.PathOf("003_c.sql"), 2, 3)
            .Says("The statement did not get a lock on a: canceling statement due to lock timeout (SQLSTATE 55P03).")
            .Says($"In its way: process {application.ProcessID} (application 'the shop', user ")
            .Says(", idle in transaction, last query ")
            .Says(", transaction open for ").Says("It was tried 2 times in ").Says("rolled back").Says("MigrateStatementLockTimeout").Says("Lock timeout: 10s");
        Assert.DoesNotContain("secret", problem.Message);
        Assert.AreEqual("001_a.sql, 002_b.sql", string.Join(", ", await Database.RowsAsync("SELECT migration_name FROM schema_migrations ORDER BY 1")));
        Assert.AreEqual("NULL", (await Database.RowsAsync("SELECT to_regclass('c')")).Single());
    }

    [TestMethod]
    public async Task A_row_that_somebody_is_changing_is_waited_for_in_the_same_way()
    {
        Project.StatementLock = (Visible, 0);
        await using var application = await BeginAsync("UPDATE a SET id = 2");

        (await Project.Write("002_b.sql", "UPDATE a SET id = 3;").MigrateAsync())
            .FailedWith("MIG4014").Says("The statement did not get a row of a: ").Says($"process {application.ProcessID}").Says("It was tried once in ");
    }

    [TestMethod]
    public async Task The_header_of_a_file_says_more_than_the_property()
    {
        Project.StatementLock = (TimeSpan.FromSeconds(60), 0);
        await using var application = await BeginAsync("SELECT * FROM a");

        var report = await Project.Write("002_b.sql", "-- Lock timeout: 200ms\nALTER TABLE a ADD b int;").MigrateAsync();

        report.FailedWith("MIG4014");
        Assert.IsLessThan(TimeSpan.FromSeconds(20), report.Duration, "It waited for too long.");
    }

    [TestMethod]
    public async Task A_header_of_none_waits_without_limit()
    {
        Project.StatementLock = (TimeSpan.FromMilliseconds(100), 0);
        var application = await BeginAsync("SELECT * FROM a");

        var run = Project.Write("002_b.sql", "-- Lock timeout: none\nALTER TABLE a ADD b int;").MigrateAsync();
        await Task.WhenAny(run, Task.Delay(1_000));
        await application.DisposeAsync();

        (await run).Applied("002_b.sql");
    }

    [TestMethod]
    public async Task What_a_file_sets_itself_holds_from_there_on()
    {
        Project.StatementLock = (TimeSpan.FromSeconds(60), 0);
        await using var application = await BeginAsync("SELECT * FROM a");

        var report = await Project.Write("002_b.sql", "SET lock_timeout = '200ms';\nALTER TABLE a ADD b int;").MigrateAsync();

        report.FailedWith("MIG4014").At(Project.PathOf("002_b.sql"), 2, 1);
        Assert.IsLessThan(TimeSpan.FromSeconds(20), report.Duration, "It waited for too long.");
    }

    [TestMethod]
    public async Task Zero_leaves_the_limit_to_the_server()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET lock_timeout = '200ms'");
        Project.StatementLock = (TimeSpan.Zero, 0);
        await UseNewSessionsAsync();
        await using var application = await BeginAsync("SELECT * FROM a");

        (await Project.Write("002_b.sql", "ALTER TABLE a ADD b int;").MigrateAsync()).FailedWith("MIG4014");
    }

    [TestMethod]
    public async Task Cancelling_ends_the_pause_between_two_attempts()
    {
        Project.StatementLock = (TimeSpan.FromMilliseconds(100), 1_000_000);
        await using var application = await BeginAsync("SELECT * FROM a");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.Write("002_b.sql", "CREATE TABLE b (id int);").Write("003_c.sql", "ALTER TABLE a ADD c int;").MigrateAsync(observer, cancellation.Token);
        await observer.WhenWaiting(run, "Attempt 4 ");
        var cancelledAt = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();

        (await run).HasApplied("002_b.sql").FailedWith("MIG4007");
        Assert.IsLessThan(TimeSpan.FromSeconds(5), Stopwatch.GetElapsedTime(cancelledAt), "Cancelling took too long.");
    }

    [TestMethod]
    public async Task The_victim_of_a_deadlock_is_tried_again()
    {
        Project.StatementLock = (TimeSpan.FromSeconds(30), 3);
        await Database.ExecuteAsync("CREATE TABLE b (id int)");
        // Only the migration looks for deadlocks.
        await using var application = await BeginAsync("SET LOCAL deadlock_timeout = '10min'");
        await ExecuteAsync(application, "LOCK TABLE b");
        var observer = new RecordingObserver();

        var run = Project.Write("002_b.sql", "LOCK TABLE a;\nLOCK TABLE b;\nCREATE TABLE c (id int);").MigrateAsync(observer);
        await UntilItWaitsAsync(run);
        await ExecuteAsync(application, "LOCK TABLE a");
        await ExecuteAsync(application, "COMMIT");

        (await run).Applied("002_b.sql");
        Assert.Contains(wait => wait.Contains("deadlock detected (SQLSTATE 40P01). ", StringComparison.Ordinal), observer.Waits);
    }

    [TestMethod]
    public async Task A_deadlock_that_comes_again_and_again_is_told_as_the_statement_that_failed()
    {
        Project.StatementLock = (Short, 1);

        (await Project.Write("002_b.sql", "SELECT 1;\nDO $$ BEGIN RAISE 'deadlock' USING ERRCODE = '40P01'; END $$;").MigrateAsync())
            .FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 2, 7).Says("40P01").Says("It was tried 2 times in ").Says("rolled back");
    }

    /// <summary>The server.</summary>
    protected abstract Task<PostgreSqlServer> GetServerAsync();

    /// <summary>The connection to a database of the server, as a user would write it.</summary>
    protected abstract Task<string> ConnectionToAsync(TestDatabase database);

    /// <summary>Makes sure that settings of the database are those of the next run.</summary>
    protected virtual Task UseNewSessionsAsync() => Task.CompletedTask;

    /// <summary>Goes on with another connection, or with another user.</summary>
    protected void Use(string connection)
    {
        _project?.Dispose();
        _project = new MigrationProject(new PostgreSqlDefinition(), connection);
    }

    /// <summary>Lets an application have a transaction open; it ends when the connection is disposed.</summary>
    protected async Task<NpgsqlConnection> BeginAsync(string statement)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { ApplicationName = "the shop" }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "BEGIN");
        await ExecuteAsync(connection, statement);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task UntilItWaitsAsync(Task run)
    {
        while (!run.IsCompleted && (await Database.RowsAsync("SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND NOT granted")).Count == 0)
        {
            await Task.Delay(20);
        }
    }
}
