using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.MySql;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What connections look like, and what is wrong with those that are none.</summary>
[TestClass]
public sealed class MySqlConnectionTests
{
    [TestMethod]
    [DataRow("mysql://ann:p%40ss@db.example.com/shop", "shop at db.example.com:3306")]
    [DataRow("mariadb://ann@db.example.com:3307/shop", "shop at db.example.com:3307")]
    [DataRow("mysql://ann@[::1]:3307/shop", "shop at [::1]:3307")]
    [DataRow("mysql://ann@a.example.com,b.example.com/shop", "shop at a.example.com:3306, b.example.com:3306")]
    [DataRow("mysql://ann@localhost/shop?socket=/run/mysqld/mysqld.sock", "shop at /run/mysqld/mysqld.sock")]
    [DataRow("mysql://ann@h/shop?charset=utf8mb4&parseTime=true&connect-timeout=5", "shop at h:3306")]
    [DataRow("Server=db.example.com;Port=3307;Database=shop;User ID=ann;Password=secret", "shop at db.example.com:3307")]
    [DataRow("host=h;database=shop;uid=ann;pwd='a;b'", "shop at h:3306")]
    public void A_connection_names_its_target(string connection, string target) => Assert.AreEqual(target, Parse(connection).Target);

    [TestMethod]
    [DataRow("mysql:ann:secret", "after the scheme comes //")]
    [DataRow("mysql://ann:sec@ret@/shop", "no host")]
    [DataRow("mysql://ann:secret@h", "names no database")]
    [DataRow("mysql://ann:secret@h:0/shop", "not a port")]
    [DataRow("mysql://ann:secret@h:1,i:2/shop", "different ports")]
    [DataRow("mysql://ann:sec/ret@h/shop", "Percent-encode")]
    [DataRow("mysql://ann:secret%zz@h/shop", "hexadecimal")]
    [DataRow("mysql://ann:secret@h/shop?no-such-thing=secret", "its parameter number 1 is unknown")]
    [DataRow("mysql://ann:secret@h/shop?ssl-mode=secret", "ssl-mode must be")]
    [DataRow("Server=h;Pasword=secret", "one of its keywords is unknown")]
    [DataRow("Server=h;Database=shop;Password=a;secret=b", "one of its keywords is unknown")]
    [DataRow("Server=h;Port=secret", "one of its keywords is unknown, or has a value that it cannot have")]
    [DataRow("postgres://ann:secret@h/shop", "a URL, but of another kind of database")]
    [DataRow("h:3306/secret", "neither a URL nor a list of keywords")]
    [DataRow("Server=h;Password=secret", "names no database")]
    [DataRow("secret", "neither a URL nor a list of keywords")]
    public void What_is_no_connection_is_told_without_its_secret(string connection, string says)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Parse(connection));

        Assert.AreEqual("MIG1007", problem.Code);
        Assert.Contains(says, problem.Message);
        Assert.DoesNotContain("secret", problem.Message);
    }

    [TestMethod]
    [DataRow("ssl-mode=DISABLED", MySqlSslMode.Disabled)]
    [DataRow("sslmode=require", MySqlSslMode.Required)]
    [DataRow("ssl_mode=verify_ca", MySqlSslMode.VerifyCA)]
    [DataRow("ssl-mode=VERIFY_IDENTITY", MySqlSslMode.VerifyFull)]
    [DataRow("", MySqlSslMode.Preferred)]
    public void Modes_of_encryption_have_the_names_of_client_and_driver(string query, MySqlSslMode mode) =>
        Assert.AreEqual(mode, new MySqlConnectionStringBuilder(Parse($"mysql://ann@h/shop?{query}").CreateConnection().ConnectionString).SslMode);

    [TestMethod]
    public void A_connection_outlives_no_run_and_takes_variables_for_what_they_are()
    {
        var connection = new MySqlConnectionStringBuilder(Parse("Server=h;Database=shop;Pooling=true;AllowUserVariables=false;UseAffectedRows=true").CreateConnection().ConnectionString);

        Assert.AreEqual((false, true, false, false), (connection.Pooling, connection.AllowUserVariables, connection.UseAffectedRows, connection.AllowLoadLocalInfile));
    }

    private static MySqlConfig Parse(string connection) => MySqlConfig.Parse(connection, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "MYSQL_URL" });
}
