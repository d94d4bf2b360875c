using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What the value of the connection variable may look like, without a server.</summary>
[TestClass]
public sealed class PostgreSqlConnectionTests
{
    private const string Secret = "s3cr3t";

    [TestMethod]
    [DataRow("postgres://user:pass@db.example.com:6000/app", "db.example.com", 6000, "app", "user", "pass")]
    [DataRow("postgresql://user:pass@db.example.com/app", "db.example.com", 5432, "app", "user", "pass")]
    [DataRow("POSTGRES://user@localhost", "localhost", 5432, "user", "user", null)]
    [DataRow("postgres://us%40er:p%2Fa%3As%25s@localhost/my%20app", "localhost", 5432, "my app", "us@er", "p/a:s%s")]
    [DataRow("postgres://user:p@ss#w:rd@localhost/app", "localhost", 5432, "app", "user", "p@ss#w:rd")]
    [DataRow("postgres://user:pass@[::1]:6000/app", "[::1]", 6000, "app", "user", "pass")]
    public void A_url_is_read_as_libpq_reads_it(string url, string host, int port, string database, string user, string? password)
    {
        var connection = PostgreSqlUrl.Parse(url);

        Assert.AreEqual((host, port, user, password), (connection.Host, connection.Port, connection.Username, connection.Password));
        Assert.AreEqual($"{database} at {host}:{port}", Parse(url).Target);
    }

    [TestMethod]
    [DataRow("sslmode=verify-full", "SSL Mode", "VerifyFull")]
    [DataRow("sslmode=verify-ca", "SSL Mode", "VerifyCA")]
    [DataRow("sslmode=require", "SSL Mode", "Require")]
    [DataRow("sslmode=disable", "SSL Mode", "Disable")]
    [DataRow("sslrootcert=%2Fetc%2Fca.crt", "Root Certificate", "/etc/ca.crt")]
    [DataRow("application_name=my%20app", "Application Name", "my app")]
    [DataRow("connect_timeout=7", "Timeout", "7")]
    [DataRow("options=-c%20work_mem%3D64MB", "Options", "-c work_mem=64MB")]
    [DataRow("search_path=app", "Search Path", "app")]
    [DataRow("channel_binding=require", "Channel Binding", "Require")]
    [DataRow("target_session_attrs=primary", "Target Session Attributes", "primary")]
    [DataRow("include_error_detail=true", "Include Error Detail", "True")]
    public void A_parameter_of_a_url_is_understood(string parameter, string keyword, string value) =>
        Assert.AreEqual(value, Convert.ToString(PostgreSqlUrl.Parse($"postgres://user@localhost/app?{parameter}")[keyword], System.Globalization.CultureInfo.InvariantCulture));

    [TestMethod]
    public void Parameters_of_other_tools_change_nothing() =>
        Assert.AreEqual(PostgreSqlUrl.Parse("postgres://u@h/d").ConnectionString, PostgreSqlUrl.Parse("postgres://u@h/d?pgbouncer=true&connection_limit=1").ConnectionString);

    [TestMethod]
    public void Several_hosts_keep_their_ports_and_the_primary_is_asked_for()
    {
        Assert.AreEqual("a:6000,b:6001,c", PostgreSqlUrl.Parse("postgres://user@a:6000,b:6001,c/app").Host);
        Assert.AreEqual("app at a:6000, b:6001, c:5432", Parse("postgres://user@a:6000,b:6001,c/app").Target);
    }

    [TestMethod]
    [DataRow("postgres://user@localhost/app", "Disable")]
    [DataRow("Host=localhost;Username=user", "Disable")]
    [DataRow("postgres://user@localhost/app?gssencmode=prefer", "Prefer")]
    [DataRow("postgres://user@localhost/app?gssencmode=require", "Require")]
    [DataRow("Host=localhost;Username=user;GSS Encryption Mode=Prefer", "Prefer")]
    public void Kerberos_encrypts_only_when_asked_to(string connection, string mode)
    {
        using var source = Parse(connection).CreateDataSource();

        Assert.Contains($"GSS Encryption Mode={mode}", source.ConnectionString);
    }

    [TestMethod]
    public void Keywords_are_read_as_npgsql_reads_them() =>
        Assert.AreEqual("app at db:6000", Parse("Host=db;Port=6000;Database=app;Username=u;Password=p").Target);

    [TestMethod]
    [DataRow("postgres://user:s3cr3t@")]
    [DataRow("postgres:user:s3cr3t@localhost/app")]
    [DataRow("postgres://user:s3cr3t@localhost:port/app")]
    [DataRow("postgres://user:s3cr3t@localhost:99999/app")]
    [DataRow("postgres://user:s3cr3t/more@localhost/app")]
    [DataRow("postgres://user:12?s3cr3t@localhost/app")]
    [DataRow("postgres://user:12%zzs3cr3t@localhost/app")]
    [DataRow("postgres://user:s3cr3t@localhost/app?sslmode=s3cr3t")]
    [DataRow("postgres://user:s3cr3t@localhost/app?s3cr3t=1")]
    [DataRow("postgres://user:s3cr3t@localhost/app?connect_timeout=s3cr3t")]
    [DataRow("postgres://user:s3cr3t@localhost/app?target_session_attrs=s3cr3t")]
    [DataRow("postgres://user:s3cr3t@localhost/app?sslnegotiation=direct")]
    [DataRow("mysql://user:s3cr3t@localhost/app")]
    [DataRow("Host=localhost;Password=a;s3cr3t")]
    [DataRow("Host=localhost;s3cr3t=a")]
    [DataRow("Port=s3cr3t;Host=localhost")]
    [DataRow("Database=app;Password=s3cr3t")]
    [DataRow("s3cr3t")]
    public void A_malformed_connection_is_refused_without_quoting_it(string connection)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Parse(connection));

        Assert.AreEqual("MIG1007", problem.Code, problem.Message);
        Assert.Contains("TEST_URL", problem.Message, "The variable is named.");
        Assert.Contains("postgres://user:password@host:5432/database", problem.Message, "The expected form is shown.");
        Assert.DoesNotContain(Secret, problem.Message);
    }

    [TestMethod]
    [DataRow("mysql://user:s3cr3t@localhost/app", "it is a URL, but of another kind of database.")]
    [DataRow("Host=localhost;Prt=5432", "one of its keywords is unknown, or has a value that it cannot have")]
    [DataRow("Host=localhost;Port=many", "one of its keywords is unknown, or has a value that it cannot have")]
    [DataRow("localhost:5432/app", "it is neither a URL nor a list of keywords")]
    public void What_is_wrong_with_a_connection_is_told_as_far_as_one_can_tell(string connection, string problem) =>
        Assert.Contains(problem, Assert.ThrowsExactly<MigrationException>(() => Parse(connection)).Message);

    [TestMethod]
    [DataRow("postgres://user:s3cr3t@localhost/app")]
    [DataRow("Host=localhost;Username=u;Password=s3cr3t")]
    public void A_configuration_never_prints_its_password(string connection) =>
        Assert.DoesNotContain(Secret, Parse(connection).ToString());

    [TestMethod]
    public void The_history_is_in_the_first_schema_of_the_search_path_unless_it_is_named()
    {
        Assert.AreEqual("public.schema_migrations", Parse("postgres://u@h/d").HistoryTable.ToString());
        Assert.AreEqual("app.schema_migrations", Parse("postgres://u@h/d?search_path=app,public").HistoryTable.ToString());
        Assert.AreEqual("ops.log", Parse("postgres://u@h/d?search_path=app", new HistoryTableName("ops", "log")).HistoryTable.ToString());
    }

    [TestMethod]
    [DataRow("Multiplexing=true")]
    [DataRow("Minimum Pool Size=200")]
    [DataRow("Target Session Attributes=read-write")]
    [DataRow("Load Balance Hosts=true")]
    [DataRow("Max Auto Prepare=20;Connection Lifetime=5")]
    [DataRow("Keepalive=5")]
    public async Task Settings_of_an_application_do_not_stand_in_the_way(string setting)
    {
        await using var source = Parse($"Host=localhost;Username=u;Password=p;{setting}").CreateDataSource();

        Assert.IsNotNull(source);
        Assert.AreEqual(0, new Npgsql.NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare);
    }

    private static PostgreSqlConfig Parse(string connection, HistoryTableName? history = null) => PostgreSqlConfig.Parse(
        connection,
        new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "TEST_URL", HistoryTable = history ?? HistoryTableName.Default });
}
