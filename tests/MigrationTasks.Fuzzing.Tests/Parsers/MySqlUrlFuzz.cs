using System.Text;
using MigrationTasks.Engine.Databases;
using MigrationTasks.MySql;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>MySQL's URLs.</summary>
[TestClass]
public sealed class MySqlUrlFuzz : ConnectionFuzz
{
    protected override IEnumerable<string> Fragments =>
    [
        "mysql://", "mariadb://", "mysql:", "app", ":", Secret, "%40", "%2F", "%", "%zz", "@", "@", "127.0.0.1", "db.example.com", "[::1]", "[", "]", ":3306", ":0", ":65536", ",", "/", "/shop",
        "?", "&", "=", "ssl-mode=", "sslmode=", "VERIFY_IDENTITY", "required", "disabled", "connect-timeout=", "10", "99999999999", "-1", "socket=", "/run/mysqld/mysqld.sock", "ssl-ca=", "a.pem",
        "charset=", "utf8mb4", "password=" + Secret, "database=", "host=", "port=", "user=", "no-such-thing=", "true", "false", "1", "#", "+", ";", "'", "\"", "compress=", "tls-version=", "TLSv1.2",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a", "mysql://"), Growth.Of("a", "mysql://u:", "@h/d"), Growth.Of("%41", "mysql://u:", "@h/d"), Growth.Of("%", "mysql://u:", "@h/d"), Growth.Of("@", "mysql://"),
        Growth.Of(":", "mysql://u:p@h"), Growth.Of("h,", "mysql://u:p@", "h/d"), Growth.Of("h:1,", "mysql://u:p@", "h/d"), Growth.Of("[", "mysql://u:p@"), Growth.Of("/", "mysql://u:p@h"),
        Growth.Of("&", "mysql://u:p@h/d?"), Growth.Of("=", "mysql://u:p@h/d?a"), Growth.Of("ssl-mode=required&", "mysql://u:p@h/d?"), Growth.Numbered("a#=1&", "mysql://u:p@h/d?"), Growth.Of("a", "mysql://u:p@h/d?ssl-ca="),
        Growth.Of("%F0%9F", "mysql://u:p@h/"), Growth.Of("1", "mysql://u:p@h:"), Growth.Of("1", "mysql://u:p@h/d?connect-timeout="),
    ];

    private protected override AdapterDefinition Adapter => new MySqlDefinition();

    protected override void Check(string input)
    {
        base.Check(input);
        // Whatever the password is, percent-encoding it is all that it needs.
        if (input.Length > 0 && input.EnumerateRunes().All(rune => rune.Value != 0 && rune != Rune.ReplacementChar))
        {
            var encoded = MySqlUrl.Parse($"mysql://app:{Uri.EscapeDataString(input)}@db.example.com/shop");
            Assert.AreEqual(("app", input, "db.example.com", "shop"), (encoded.UserID, encoded.Password, encoded.Server, encoded.Database));
        }
    }
}
