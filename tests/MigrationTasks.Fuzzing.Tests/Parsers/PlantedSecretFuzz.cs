using System.Text;
using CsCheck;
using MigrationTasks.Adapters;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>
/// A password is known as such by what stands ahead of it. However the rest of a connection is written (any form, wrong separators, cut,
/// doubled, percent-encoded), no text that is made of it shows a part of the password.
/// </summary>
[TestClass]
public sealed class PlantedSecretFuzz
{
    private const string Secret = "S3cretW0rd";
    private const int Part = 5;
    private const int Runs = 4_000;

    private static readonly Gen<string> Separator = Gen.OneOf(";", ";", "; ", " ", " ", ",", "&", ";;", "&&", "?", "\n", "\t", ", ", " ; ", "%3B", "%20", "|", "/");
    private static readonly Gen<string> Assigns = Gen.OneOf("=", "=", "=", " = ", "==", ":", ": ");
    private static readonly Gen<string> Quote = Gen.OneOf("", "", "", "'", "\"");
    private static readonly Gen<string> PasswordName = Gen.OneOf("password", "Password", "PASSWORD", "pwd", "Pwd", "passwd");

    private static readonly Gen<string> Keyword = Gen.OneOf(
        Pair(Gen.OneOf("host", "Host", "Server", "server"), Gen.OneOf("127.0.0.1", "db.example.com", "/tmp", "::1", "a,b")),
        Pair(Gen.OneOf("port", "Port"), Gen.OneOf("5432", "1")),
        Pair(Gen.OneOf("user", "Username", "User ID", "Uid"), Gen.OneOf("app", "ann@corp")),
        Pair(Gen.OneOf("dbname", "Database", "db"), Gen.OneOf("shop", "my shop")),
        Pair(Gen.OneOf("Data Source", "Filename"), Gen.OneOf("app.db", "/a b/app.db")),
        Pair(Gen.OneOf("application_name", "Application Name", "Search Path", "options", "sslrootcert", "Root Certificate", "SSL CA", "charset"), Gen.OneOf("a", "a.pem")),
        Pair(PasswordName, Gen.Const(Secret)));

    private static readonly Gen<string> KeywordList =
        Gen.Select(Gen.Select(Keyword, Separator, (pair, separator) => pair + separator).Array[0, 6], Pair(PasswordName, Gen.Const(Secret)), Gen.Select(Separator, Keyword, (separator, pair) => separator + pair).Array[0, 4],
            (before, password, after) => string.Concat([.. before, password, .. after]));

    private static readonly Gen<string> Scheme = Gen.OneOf("postgres://", "postgresql://", "mysql://", "mariadb://", "mongodb://", "mongodb+srv://", "jdbc:postgresql://", "https://", "redis://");

    private static readonly Gen<string> Url = Gen.Select(
        Scheme, Gen.OneOf("app:" + Secret, ":" + Secret, "app::" + Secret, "app%3A:" + Secret), Gen.OneOf("@", "@@", "%40", "/", "", "@h@"),
        Gen.OneOf("h", "127.0.0.1:5432", "[::1]", "", "a,b"), Gen.OneOf("/", "//", "", "/%2F"), Gen.OneOf("shop", "", "my%20shop"), Gen.OneOf(Gen.Const(""), Gen.Select(Gen.OneOf("?", "&", ";", " "), KeywordList, (start, list) => start + list)),
        (scheme, login, at, host, slash, database, rest) => scheme + login + at + host + slash + database + rest);

    // SQLite has no password, so that only what looks like a login ahead of a host can be one.
    private static readonly Gen<string> SqliteScheme = Gen.OneOf("sqlite:", "sqlite://", "file:", "sqlite:/");
    private static readonly Gen<string> SqliteUrl = Gen.Select(
        SqliteScheme, Gen.OneOf("app:" + Secret, ":" + Secret, "app::" + Secret), Gen.OneOf("@", "@@", "%40"), Gen.OneOf("h", "h/app.db", ""), (scheme, login, at, rest) => scheme + login + at + rest);

    private static readonly Gen<string> UrlWithKeywords = Gen.Select(
        Gen.OneOf(Scheme, SqliteScheme), Gen.OneOf("h", "app@h:5432", "h/shop", "app.db", ""), Separator, KeywordList, (scheme, rest, separator, list) => scheme + rest + separator + list);

    // Cut off in the password or behind it, or not at all.
    private static readonly Gen<string> Connection = Gen.Select(Gen.OneOf(KeywordList, Url, UrlWithKeywords, SqliteUrl), Gen.Int[0, 8], Gen.Int[Part, 60], (text, cut, length) =>
        cut == 0 && !text.StartsWith("sqlite", StringComparison.Ordinal) && !text.StartsWith("file", StringComparison.Ordinal) && text.IndexOf(Secret, StringComparison.Ordinal) is >= 0 and var start ? text[..Math.Min(text.Length, start + length)] : text);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void No_part_of_a_password_is_in_any_text() => Connection.Sample(Check, TestContext.WriteLine, iter: Runs, threads: 1);

    private static void Check(string connection)
    {
        foreach (var adapter in BuiltInAdapters.All)
        {
            var shown = Shown(adapter, connection);
            for (var i = 0; i + Part <= Secret.Length; i++)
            {
                Assert.DoesNotContain(Secret.Substring(i, Part), shown, $"{adapter.Name}: {connection}");
            }
        }
    }

    private static string Shown(AdapterDefinition adapter, string connection)
    {
        try
        {
            var config = adapter.Configure(connection, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "DATABASE_URL" });
            var shown = new StringBuilder(config.Target).Append(config);
            return config is PostgreSqlConfig postgres ? shown.Append(postgres.HistoryTable).ToString() : shown.ToString();
        }
        catch (MigrationException refusal)
        {
            // All that a crash would print: the messages of the causes, too.
            return refusal.ToString();
        }
    }

    private static Gen<string> Pair(Gen<string> name, Gen<string> value) => Gen.Select(name, Assigns, Quote, value, Quote, (left, assigns, open, right, close) => left + assigns + open + right + close);
}
