using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Adapters.Tests;

/// <summary>A connection in which something is misplaced shows nothing of its password, whatever form it has.</summary>
[TestClass]
public sealed class PlantedSecretTests
{
    private const string Secret = "S3CRET";

    [TestMethod]
    [DataRow("postgresql", "Host=127.0.0.1,Password=S3CRET")]
    [DataRow("postgresql", "Host=127.0.0.1&Password=S3CRET")]
    [DataRow("postgresql", "Host=h Port=5432 Username=u Password=S3CRET Database=a")]
    [DataRow("postgresql", "Host=h;Database=shop,Password=S3CRET")]
    [DataRow("postgresql", "Host=h;Username=app,Password=S3CRET")]
    [DataRow("postgresql", "Host=h;Username=app;Search Path=a,Password=S3CRET")]
    [DataRow("postgresql", "Host=h;Username=app;Application Name=a&Password=S3CRET")]
    [DataRow("postgresql", "Host=h;Username=app;Root Certificate=a.crt,Password=S3CRET")]
    [DataRow("postgresql", "host=h user=u dbname=a passwort=S3CRET")]
    [DataRow("postgresql", "host=h user=u dbname=a&password=S3CRET")]
    [DataRow("postgresql", "host=h user=u password='S3CRET dbname=a")]
    [DataRow("postgresql", "postgres://h/db&password=S3CRET")]
    [DataRow("postgresql", "postgres://h/db;Password=S3CRET")]
    [DataRow("postgresql", "postgres://h/db password=S3CRET")]
    [DataRow("postgresql", "postgres://h;password=S3CRET/db")]
    [DataRow("postgresql", "postgres://u:S3CRET/db")]
    [DataRow("postgresql", "postgres://u;password=S3CRET@h/db")]
    [DataRow("postgresql", "postgres://h/db?S3CRET=a")]
    [DataRow("postgresql", "postgres://h/db?application_name=a;password=S3CRET")]
    [DataRow("supabase", "host=127.0.0.1,password=S3CRET")]
    [DataRow("mysql", "Server=h,Password=S3CRET;Database=a")]
    [DataRow("mysql", "Server=h Database=a Password=S3CRET")]
    [DataRow("mysql", "Server=h;Database=a&Password=S3CRET")]
    [DataRow("mysql", "mysql://h/db&password=S3CRET")]
    [DataRow("mysql", "mysql://h/db;Password=S3CRET")]
    [DataRow("mysql", "mariadb://h/db&password=S3CRET")]
    [DataRow("mysql", "mariadb://h;Password=S3CRET/db")]
    [DataRow("mysql", "mysql://h/db?S3CRET=a")]
    [DataRow("mysql", "mysql://h/db?correct-horse-S3CRET")]
    [DataRow("sqlite", "Data Source=app.db,Password=S3CRET")]
    [DataRow("sqlite", "sqlite:app.db;Password=S3CRET")]
    [DataRow("sqlite", "sqlite:app.db&Password=S3CRET")]
    [DataRow("sqlite", "Data Source=app.db Password=S3CRET")]
    [DataRow("mongodb", "mongodb://h;Password=S3CRET/db")]
    [DataRow("mongodb", "mongodb://h/db;Password=S3CRET")]
    [DataRow("mongodb", "mongodb://h/db&password=S3CRET")]
    public void A_wrong_separator_does_not_make_a_password_part_of_a_name(string database, string connection)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Configure(database, connection));

        Assert.AreEqual("MIG1007", problem.Code);
        Assert.DoesNotContain(Secret, problem.ToString());
        Assert.DoesNotContain("HORSE", problem.ToString().ToUpperInvariant());
    }

    [TestMethod]
    [DataRow("postgresql", "postgres://ann.b%40corp:S3CRET@db-1.example_x.com:5433/my%20shop", "my shop at db-1.example_x.com:5433")]
    [DataRow("postgresql", "Host=::1;Username=u;Database=my-shop.2", "my-shop.2 at [::1]:5432")]
    [DataRow("postgresql", "Host=fe80::1%eth0;Username=u;Database=a", "a at [fe80::1%eth0]:5432")]
    [DataRow("postgresql", "Host=bücher.example;Username=u;Database=größe", "größe at bücher.example:5432")]
    [DataRow("mysql", "mysql://ann:S3CRET@h/my%20shop", "my shop at h:3306")]
    [DataRow("sqlite", "Data Source=/data/Jane's files (a, b = c)/app.db", "/data/Jane's files (a, b = c)/app.db")]
    public void What_a_name_can_be_is_taken(string database, string connection, string target) => Assert.AreEqual(target, Configure(database, connection).Target);

    [TestMethod]
    [DataRow("jdbc:postgresql://h/db?user=u&password=S3CRET", "postgresql", "a JDBC URL")]
    [DataRow("jdbc:mysql://h/db?user=u&password=S3CRET", "mysql", "a JDBC URL")]
    [DataRow("jdbc:sqlite:app.db", "sqlite", "a JDBC URL")]
    [DataRow("service=S3CRET", "postgresql", "the parameter service is not supported. pg_service.conf is not read")]
    [DataRow("postgres://h/db?service=S3CRET", "postgresql", "the parameter service is not supported")]
    [DataRow("postgres://h/db?hostaddr=S3CRET", "postgresql", "the parameter hostaddr is not supported. Write the address as the host.")]
    [DataRow("postgres://h/db?requirepeer=S3CRET", "postgresql", "the parameter requirepeer is not supported")]
    [DataRow("postgres://h/db?channel_binding=S3CRET", "postgresql", "the parameter channel_binding is not supported, or has a value")]
    [DataRow("host=a,b,c port=1,2 dbname=d", "postgresql", "2 ports for 3 hosts")]
    [DataRow("mysql://h/db?ssl-moed=S3CRET", "mysql", "Do you mean")]
    [DataRow("Data Source=|DataDirectory|app.db", "sqlite", "a folder of the application")]
    [DataRow("Data Source=|datadirectory|/app.db", "sqlite", "a folder of the application")]
    public void What_is_not_taken_is_named_where_its_name_is_known(string connection, string database, string says)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Configure(database, connection));

        Assert.Contains(says, problem.Message);
        Assert.DoesNotContain(Secret, problem.ToString());
    }

    private static DatabaseConfig Configure(string database, string connection) =>
        BuiltInAdapters.CreateFactory().ForName(database).Configure(connection, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "DATABASE_URL" });
}
