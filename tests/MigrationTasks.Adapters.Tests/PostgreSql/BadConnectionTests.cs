using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>A connection that does not come about: which part is to blame, and never the password.</summary>
[TestClass]
public sealed class BadConnectionTests : PostgreSqlTest
{
    private const string Wrong = "wr0ng-s3cr3t";

    [TestMethod]
    public async Task A_wrong_password_is_told_without_showing_it() =>
        await FailsAsync($"postgres://{Server.UserName}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable", "MIG4002", "password authentication failed");

    [TestMethod]
    public async Task A_wrong_password_is_tried_once()
    {
        await using var relay = Relay.Start(Server);

        await FailsAsync($"postgres://{Server.UserName}:{Wrong}@{Relay.Host}:{relay.Port}/{Database.Name}?sslmode=disable", "MIG4002", "password authentication failed");

        Assert.AreEqual(1, relay.Connections, "Servers lock users out who try too often.");
    }

    [TestMethod]
    public async Task A_missing_password_is_told() =>
        await FailsAsync($"postgres://{Server.UserName}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable", "MIG4002", "password");

    [TestMethod]
    public async Task A_password_is_taken_from_a_passfile_which_is_named_where_it_is_missing()
    {
        using var project = new MigrationProject(new MigrationTasks.PostgreSql.PostgreSqlDefinition(), $"postgres://{Server.UserName}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable&passfile=pass");
        project.Write("001_a.sql", "SELECT 1;");

        (await project.MigrateAsync()).FailedWith("MIG1007").Says($"its passfile {Path.Combine(project.Path, "pass")} does not exist.");
        var file = Path.Combine(project.Path, "pass");
        File.WriteAllText(file, $"*:*:*:*:{Server.Password}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await project.MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_server_that_is_down_is_told_with_its_address() =>
        await FailsAsync($"postgres://user:{Wrong}@127.0.0.1:{LoopbackPort.Free()}/app", "MIG4001", "app at 127.0.0.1:");

    [TestMethod]
    [Timeout(60_000)]
    [DataRow(null, DisplayName = "at once")]
    [DataRow("S", DisplayName = "when TLS begins")]
    [DataRow("N", DisplayName = "when the login begins")]
    public async Task A_server_that_falls_silent_is_told_in_time(string? answer)
    {
        await using var server = SilentServer.Start(answer);

        await FailsAsync($"postgres://user:{Wrong}@127.0.0.1:{server.Port}/app?connect_timeout=1", "MIG4001", "did not answer in time");
    }

    [TestMethod]
    public async Task A_host_that_has_no_address_is_told() =>
        await FailsAsync($"postgres://user:{Wrong}@no-such-host.invalid/app", "MIG4001", "no-such-host.invalid");

    [TestMethod]
    public async Task A_missing_database_is_told() =>
        await FailsAsync(Database.Url.Replace(Database.Name, "no_such_database", StringComparison.Ordinal), "MIG4003", "no_such_database");

    [TestMethod]
    public async Task A_right_to_connect_that_is_missing_is_told_as_one()
    {
        var role = $"stranger_{Database.Name}";
        await Database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{Wrong}'; REVOKE CONNECT ON DATABASE {Database.Name} FROM PUBLIC");

        await FailsAsync(
            $"postgres://{role}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable", "MIG4013",
            "The login worked, but this user has no right to the database: GRANT CONNECT ON DATABASE");

        await Database.ExecuteAsync($"DROP ROLE {role}");
    }

    [TestMethod]
    public async Task A_database_with_no_connection_left_is_told()
    {
        var role = $"crowd_{Database.Name}";
        await Database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{Wrong}' CONNECTION LIMIT 0");

        await FailsAsync($"postgres://{role}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable", "MIG4001", "SQLSTATE 53300). The server has no connection left for this: close some");

        await Database.ExecuteAsync($"DROP ROLE {role}");
    }

    [TestMethod]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_in_verify_full() =>
        await FailsAsync(Database.UrlWith("sslmode=verify-full"), "MIG4004", "sslrootcert");

    [TestMethod]
    public async Task Encryption_by_Kerberos_that_nobody_can_do_is_refused_when_it_is_required() =>
        await FailsAsync(Database.UrlWith("gssencmode=require"), "MIG4004", "gssencmode");

    [TestMethod]
    public async Task A_server_without_tls_is_refused_when_tls_is_required()
    {
        await using var plain = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync(new Dictionary<string, string> { ["ssl"] = "off" }));
        await using var database = await plain.CreateDatabaseAsync();

        await FailsAsync(database.UrlWith("sslmode=require"), "MIG4004", "SSL");
    }

    [TestMethod]
    public async Task Verify_full_accepts_a_certificate_of_the_given_authority()
    {
        var project = ProjectAt(Database.UrlWith($"sslmode=verify-full&sslrootcert={Uri.EscapeDataString(Server.RootCertificateFile!)}"));

        (await project.Write("001_a.sql", "CREATE TABLE tls AS SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid();").MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("t", (await Database.RowsAsync("SELECT * FROM tls")).Single());
    }

    [TestMethod]
    public async Task A_root_certificate_asks_for_a_verified_server_also_with_require()
    {
        var other = Path.Combine(Path.GetTempPath(), $"other-{Guid.NewGuid():N}.crt");
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=other", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(other, authority.ExportCertificatePem());
        try
        {
            await FailsAsync(Database.UrlWith($"sslmode=require&sslrootcert={Uri.EscapeDataString(other)}"), "MIG4004", "certificate");
        }
        finally
        {
            File.Delete(other);
        }
    }

    [TestMethod]
    public async Task A_root_certificate_that_is_missing_is_named() =>
        await FailsAsync(Database.UrlWith("sslmode=verify-full&sslrootcert=/no/such/root.crt"), "MIG4004", "The root certificate /no/such/root.crt does not exist.");

    [TestMethod]
    public async Task The_authorities_of_the_system_do_not_vouch_for_the_server() =>
        await FailsAsync(Database.UrlWith("sslmode=verify-full&sslrootcert=system"), "MIG4004", "certificate");

    [TestMethod]
    public async Task A_root_certificate_is_looked_for_from_the_project_folder()
    {
        var project = ProjectAt(Database.UrlWith("sslmode=verify-full&sslrootcert=ca/root.crt"));
        Directory.CreateDirectory(Path.Combine(project.Path, "ca"));
        File.Copy(Server.RootCertificateFile!, Path.Combine(project.Path, "ca", "root.crt"));

        (await project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task The_first_of_several_hosts_may_be_down()
    {
        var project = ProjectAt(Database.Url.Replace("@", $"@127.0.0.1:{LoopbackPort.Free()},", StringComparison.Ordinal));

        (await project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_database_that_may_not_be_written_is_told()
    {
        await Database.ExecuteAsync($"ALTER DATABASE \"{Database.Name}\" SET default_transaction_read_only = on");

        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG4010").Says("read-only").Says("primary server's, and that neither the database nor the user is set to read only");
    }

    [TestMethod]
    public async Task A_user_without_rights_is_told_what_was_refused()
    {
        await Database.ExecuteAsync($"CREATE ROLE reader_{Database.Name} LOGIN PASSWORD '{Wrong}'; REVOKE CREATE ON SCHEMA public FROM PUBLIC;");
        var url = $"postgres://reader_{Database.Name}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable";

        var problem = (await ProjectAt(url).Write("001_a.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG4013").Says("permission denied");

        Assert.DoesNotContain(Wrong, problem.ToString());
        await Database.ExecuteAsync($"DROP ROLE reader_{Database.Name}");
    }

    [TestMethod]
    public async Task A_user_who_may_not_read_the_history_of_another_tool_applies_nothing_again()
    {
        var role = $"app_{Database.Name}";
        await Database.ExecuteAsync($"{PostgreSqlForeignTables.All["flyway"]}; CREATE ROLE {role} LOGIN PASSWORD '{Wrong}'; GRANT ALL ON SCHEMA public TO {role}");
        var poor = ProjectAt($"postgres://{role}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}?sslmode=disable").Write("001_a.sql", "CREATE TABLE a (id integer);");

        (await poor.MigrateAsync()).HasApplied().FailedWith("MIG3024").Says("Flyway (public.flyway_schema_history)");
        (await poor.ImportAsync()).FailedWith("MIG4013").Says("permission denied");

        await Database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private async Task FailsAsync(string url, string code, string says)
    {
        var problem = (await ProjectAt(url).Write("001_a.sql", "SELECT 1;").MigrateAsync()).HasApplied().FailedWith(code).Says(says);

        Assert.DoesNotContain(Wrong, problem.ToString());
        Assert.DoesNotContain(Server.Password, problem.ToString());
    }
}
