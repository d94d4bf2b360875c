using MigrationTasks.PostgreSql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Connections in the form that <c>psql</c> takes.</summary>
[TestClass]
public sealed class LibpqKeywordTests
{
    [TestMethod]
    [DataRow("host=127.0.0.1 port=5433 user=app password=secret dbname=shop", "127.0.0.1", 5433, "app", "secret", "shop")]
    [DataRow("host = h  user = app\tpassword = 'a b'\ndbname = shop", "h", 5432, "app", "a b", "shop")]
    [DataRow(@"host=h user=app password='it\'s \\ me' dbname=shop", "h", 5432, "app", @"it's \ me", "shop")]
    [DataRow(@"host=h user=app password=a\ b\\c dbname=shop", "h", 5432, "app", @"a b\c", "shop")]
    [DataRow("host=h user=app password=a;b=;c dbname=shop", "h", 5432, "app", null, null)]
    [DataRow("host=h user=app password=a;b dbname=shop", "h", 5432, "app", "a;b", "shop")]
    [DataRow("host=h user=app password='a;b=c' dbname=shop", "h", 5432, "app", "a;b=c", "shop")]
    [DataRow("host=h user=app password='' dbname=shop", "h", 5432, "app", "", "shop")]
    [DataRow("HOST=h PORT=5433 USER=app DBNAME=shop PASSWORD=x", "h", 5433, "app", "x", "shop")]
    [DataRow("host=a,b port=1,2 user=app dbname=shop password=x", "a:1,b:2", 5432, "app", "x", "shop")]
    [DataRow("host=/var/run/postgresql user=app dbname=shop password=x", "/var/run/postgresql", 5432, "app", "x", "shop")]
    [DataRow("host=::1 user=app dbname=shop password=x", "::1", 5432, "app", "x", "shop")]
    public void The_keywords_of_libpq_are_read_as_libpq_reads_them(string connection, string host, int port, string user, string? password, string? database)
    {
        if (database is null)
        {
            // What may be either form is refused rather than guessed.
            Assert.ThrowsExactly<FormatException>(() => PostgreSqlConnectionText.Parse(connection));
            return;
        }

        var parsed = PostgreSqlConnectionText.Parse(connection);

        Assert.AreEqual((host, port, user, database), (parsed.Host, parsed.Port, parsed.Username, parsed.Database));
        Assert.AreEqual(password!.Length == 0 ? null : password, string.IsNullOrEmpty(parsed.Password) ? null : parsed.Password);
    }

    [TestMethod]
    [DataRow("Host=h;Port=5433;Password=x;Username=app;Database=shop")]
    [DataRow("Host=h; Port=5433; Password=x; Username=app; Database=shop")]
    [DataRow("host=h;port=5433;password=x;user id=app;database=shop")]
    public void The_keywords_of_Npgsql_are_told_from_them(string connection)
    {
        var parsed = PostgreSqlConnectionText.Parse(connection);

        Assert.AreEqual(("h", 5433, "app", "x", "shop"), (parsed.Host, parsed.Port, parsed.Username, parsed.Password, parsed.Database));
    }
}
