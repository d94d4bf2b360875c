using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.PostgreSql;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What people copy from the dashboard of Supabase, rightly and wrongly.</summary>
[TestClass]
public sealed class SupabaseConnectionTests
{
    private const string Project = "abcdefghijklmnopqrst";

    [TestMethod]
    [DataRow($"postgresql://postgres.{Project}:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres")]
    [DataRow($"postgresql://postgres.{Project}:pw@aws-0-eu-central-1.pooler.supabase.com:5432/postgres")]
    [DataRow($"postgresql://postgres:pw@db.{Project}.supabase.co:5432/postgres")]
    [DataRow($"postgresql://postgres:glassless@db.{Project}.supabase.co:5432/postgres")]
    [DataRow($"Host=db.{Project}.supabase.co;Username=postgres;Password=glassless;Database=postgres")]
    [DataRow("postgresql://postgres:postgres@127.0.0.1:54322/postgres")]
    [DataRow("postgresql://postgres.your-tenant-id:pw@supabase.example.com:6543/postgres")]
    public void Hosted_local_and_self_hosted_addresses_are_accepted(string url) =>
        Assert.StartsWith("postgres at ", Configure(url).Target);

    [TestMethod]
    [DataRow("postgresql://postgres:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres", "the user of the pooler must be postgres.<project>")]
    [DataRow("postgresql://postgres.short:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres", "20 letters after the dot")]
    [DataRow($"postgresql://postgres.{Project}:pw@db.{Project}.supabase.co/postgres", "belongs to the pooler")]
    [DataRow($"postgresql://postgres:pw@{Project}.supabase.co/postgres", "starts with db.")]
    [DataRow("postgresql://postgres:pw@db.short.supabase.co/postgres", "20 letters")]
    [DataRow($"postgresql://postgres:pw@db.{Project}.supabase.com/postgres", "the host must be")]
    [DataRow($"postgresql://postgres:[YOUR-PASSWORD]@db.{Project}.supabase.co/postgres", "placeholder")]
    [DataRow($"postgresql://postgres:pw@db.{Project}.supabase.co/postgres?sslmode=disable", "sslmode")]
    [DataRow($"postgresql://postgres:pw@db.{Project}.supabase.co/postgres?sslmode=prefer", "sslmode")]
    [DataRow($"https://{Project}.supabase.co", "API")]
    public void The_part_that_is_wrong_is_named(string url, string part)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Configure(url));

        Assert.AreEqual("MIG1012", problem.Code, problem.Message);
        Assert.Contains(part, problem.Message);
        Assert.DoesNotContain(":pw@", problem.Message);
    }

    [TestMethod]
    public void A_hosted_database_is_never_reached_unencrypted()
    {
        var connection = PostgreSqlUrl.Parse($"postgresql://postgres:pw@db.{Project}.supabase.co/postgres");

        SupabaseHost.Check(connection, "DATABASE_URL", sslModeIsGiven: false);

        Assert.AreEqual(SslMode.Require, connection.SslMode);
    }

    [TestMethod]
    public void A_stricter_mode_is_kept()
    {
        var connection = PostgreSqlUrl.Parse($"postgresql://postgres:pw@db.{Project}.supabase.co/postgres?sslmode=verify-full");

        SupabaseHost.Check(connection, "DATABASE_URL", sslModeIsGiven: true);

        Assert.AreEqual(SslMode.VerifyFull, connection.SslMode);
    }

    [TestMethod]
    public void A_postgresql_folder_is_checked_as_well_when_its_host_is_hosted_supabase()
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() =>
            Configure($"postgresql://postgres:pw@db.{Project}.supabase.co/postgres?sslmode=disable", new PostgreSqlDefinition()));

        Assert.AreEqual("MIG1012", problem.Code, problem.Message);
    }

    private static DatabaseConfig Configure(string url, AdapterDefinition? definition = null) =>
        (definition ?? new SupabaseDefinition()).Configure(url, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "DATABASE_URL" });
}
