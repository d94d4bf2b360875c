using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Locks that an application holds while a migration wants them: who is in its way is told as exactly as the server knows.</summary>
[TestClass]
public sealed class StatementLockTests : MySqlTest
{
    private const string Table = "CREATE TABLE a (id int PRIMARY KEY, note varchar(9));\nINSERT INTO a VALUES (1, '');\n";

    // Long enough for a look at who is in the way, on a busy machine too.
    private static readonly (TimeSpan Limit, int Retries) Visible = (TimeSpan.FromSeconds(2), 0);

    [TestMethod]
    public async Task Whoever_changes_a_row_is_named_while_a_migration_waits_for_it_and_when_it_gives_up()
    {
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        Project.StatementLock = Visible;
        await using var application = await BeginAsync(Database, "UPDATE a SET note = 'secret'");
        var observer = new RecordingObserver();

        var report = await Project.Write("002_b.sql", "UPDATE a SET id = 3;\n").MigrateAsync(observer);

        var problem = report.FailedWith("MIG4014").At(Project.PathOf("002_b.sql"), 1, 1)
            .Says($"The statement did not get a row of {Database.Name}.a: Lock wait timeout exceeded")
            .Says($"In its way: connection {application.ServerThread} ({Server.UserName}@127.0.0.1:").Says(", idle, last statement ").Says(" ago, transaction open for ").Says("It was tried once in ");
        Assert.DoesNotContain("secret", problem.Message);
        Assert.StartsWith($"002_b.sql: waits for a row of {Database.Name}.a. In its way: connection {application.ServerThread} (", observer.Waits.Single());
    }

    [TestMethod]
    public async Task Whoever_may_use_a_table_is_told_as_such_where_the_server_records_no_locks_of_tables()
    {
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        Project.StatementLock = Visible;
        await using var application = await BeginAsync(Database, "SELECT 'secret' FROM a");
        await using var idle = await Database.OpenAsync();

        var problem = (await Project.Write("002_b.sql", "ALTER TABLE a ADD b int;\n").MigrateAsync()).FailedWith("MIG4014")
            .Says("The statement did not get a lock on a table: ").Says($"Perhaps in its way: connection {application.ServerThread} ({Server.UserName}@127.0.0.1:");

        Assert.DoesNotContain("secret", problem.Message);
        Assert.DoesNotContain($"connection {idle.ServerThread} ", problem.Message);
    }

    [TestMethod]
    [DataRow("plugin-load-add", "metadata_lock_info")]
    [DataRow("performance-schema-instrument", "wait/lock/metadata/sql/mdl=ON")]
    public async Task Whoever_uses_a_table_is_named_where_the_server_records_that(string setting, string value)
    {
        var settings = new Dictionary<string, string> { [setting] = value, ["performance-schema"] = setting.StartsWith("perf", StringComparison.Ordinal) ? "ON" : "OFF" };
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(settings));
        await using var database = await own.CreateDatabaseAsync();
        ProjectAt(database.Url).StatementLock = Visible;
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        await using var application = await BeginAsync(database, "SELECT * FROM a");
        await using var other = await BeginAsync(database, "SELECT * FROM schema_migrations");

        var problem = (await Project.Write("002_b.sql", "ALTER TABLE a ADD b int;\n").MigrateAsync()).FailedWith("MIG4014")
            .Says($"The statement did not get a lock on {database.Name}.a: ").Says($" In its way: connection {application.ServerThread} (");

        Assert.DoesNotContain($"connection {other.ServerThread} ", problem.Message);
    }

    [TestMethod]
    public async Task A_user_who_may_not_see_the_others_is_told_no_more_than_that_a_lock_was_not_free()
    {
        var user = $"poor_{Database.Name}";
        await Server.ExecuteAsync($"CREATE USER {user}@'%' IDENTIFIED BY 'poor'; GRANT ALL ON {Database.Name}.* TO {user}@'%'");
        ProjectAt($"mysql://{user}:poor@{Server.Host}:{Server.Port}/{Database.Name}").StatementLock = Visible;
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        await using var application = await BeginAsync(Database, "SELECT * FROM a");

        (await Project.Write("002_b.sql", "ALTER TABLE a ADD b int;\n").MigrateAsync()).FailedWith("MIG4014").Says("Who stood in its way could not be seen.");

        await using var own = new MySqlConnection($"Server={Server.Host};Port={Server.Port};User ID={user};Password=poor;Database={Database.Name};Pooling=false");
        await own.OpenAsync();
        (await Project.MigrateAsync()).FailedWith("MIG4014").Says($"Perhaps in its way: connection {own.ServerThread} ({user}@127.0.0.1:");
        await Server.ExecuteAsync($"DROP USER {user}@'%'");
    }

    [TestMethod]
    public async Task A_run_that_gets_no_second_connection_does_without_naming_anybody()
    {
        const int Most = 10;
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["max-connections"] = $"{Most}" }));
        await using var database = await own.CreateDatabaseAsync();
        // An administrator would have one connection more.
        await own.ExecuteAsync($"CREATE USER ann@'127.0.0.1' IDENTIFIED BY 'poor'; GRANT PROCESS ON *.* TO ann@'127.0.0.1'; GRANT ALL ON {database.Name}.* TO ann@'127.0.0.1'");
        ProjectAt($"mysql://ann:poor@{own.Host}:{own.Port}/{database.Name}").StatementLock = Visible;
        (await Project.Write("001_a.sql", Table).MigrateAsync()).Succeeded();
        var others = new List<MySqlConnection>();
        try
        {
            for (var i = 1; i < Most; i++)
            {
                others.Add(await BeginAsync(database, "SELECT * FROM a"));
            }

            (await Project.Write("002_b.sql", "ALTER TABLE a ADD b int;\n").MigrateAsync()).FailedWith("MIG4014").Says("Who stood in its way could not be seen.");
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    [TestMethod]
    public async Task A_run_that_waits_for_nobody_needs_no_second_connection()
    {
        Project.Write("001_slow.sql", "DO SLEEP(0.7);\nCREATE TABLE connections AS SELECT count(*) AS number FROM information_schema.PROCESSLIST WHERE DB = DATABASE();\n");

        (await Project.MigrateAsync()).Applied("001_slow.sql");

        await RowsAreAsync("SELECT number FROM connections", "1");
    }

    /// <summary>Lets an application have a transaction open; it ends when the connection is disposed.</summary>
    private static async Task<MySqlConnection> BeginAsync(MySqlDatabase database, string statement)
    {
        var connection = await database.OpenAsync();
        await using var command = new MySqlCommand($"START TRANSACTION; {statement}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
