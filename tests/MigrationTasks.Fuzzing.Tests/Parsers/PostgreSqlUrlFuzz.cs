using System.Text;
using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>PostgreSQL's URLs.</summary>
[TestClass]
public sealed class PostgreSqlUrlFuzz : ConnectionFuzz
{
    protected override IEnumerable<string> Fragments =>
    [
        "postgres://", "postgresql://", "postgres:", "app", ":", Secret, "%40", "%2F", "%", "%zz", "@", "@", "127.0.0.1", "db.example.com", "[::1]", "[", "]", ":5432", ":0", ":65536", ",", "/", "/shop",
        "?", "&", "=", "sslmode=", "verify-full", "require", "disable", "connect_timeout=", "1024", "99999999999", "-1", "target_session_attrs=", "read-write", "any", "prefer-standby", "options=", "-c search_path=a",
        "search_path=", "\"a\",b", "sslrootcert=", "a.pem", "sslnegotiation=direct", "password=" + Secret, "dbname=", "host=", "port=", "user=", "pgbouncer=true", "true", "false", "1", "#", "+", ";", "'", "\"",
        .. KeywordFuzz.Keywords.Select(keyword => $"&{keyword.Replace(' ', '_')}="),
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a", "postgres://"), Growth.Of("a", "postgres://u:", "@h/d"), Growth.Of("%41", "postgres://u:", "@h/d"), Growth.Of("%", "postgres://u:", "@h/d"), Growth.Of("@", "postgres://"),
        Growth.Of(":", "postgres://u:p@h"), Growth.Of("h,", "postgres://u:p@", "h/d"), Growth.Of("h:1,", "postgres://u:p@", "h/d"), Growth.Of("[", "postgres://u:p@"), Growth.Of("]", "postgres://u:p@"), Growth.Of("/", "postgres://u:p@h"),
        Growth.Of("&", "postgres://u:p@h/d?"), Growth.Of("=", "postgres://u:p@h/d?a"), Growth.Of("options=a&", "postgres://u:p@h/d?"), Growth.Numbered("a#=1&", "postgres://u:p@h/d?"), Growth.Of("a", "postgres://u:p@h/d?options="),
        Growth.Of("a,", "postgres://u:p@h/d?search_path="), Growth.Of("\"", "postgres://u:p@h/d?search_path="), Growth.Of("%F0%9F", "postgres://u:p@h/"), Growth.Of("1", "postgres://u:p@h:"), Growth.Of("1", "postgres://u:p@h/d?connect_timeout="),
    ];

    private protected override AdapterDefinition Adapter => new PostgreSqlDefinition();

    protected override void Check(string input)
    {
        base.Check(input);
        KeywordFuzz.ShowsNoPassword(input, Configure);
        // Whatever the password is, percent-encoding it is all that it needs.
        if (input.Length > 0 && input.EnumerateRunes().All(rune => rune.Value != 0 && rune != Rune.ReplacementChar))
        {
            var encoded = PostgreSqlUrl.Parse($"postgres://app:{Uri.EscapeDataString(input)}@db.example.com/shop");
            Assert.AreEqual(("app", input, "db.example.com", "shop"), (encoded.Username, encoded.Password, encoded.Host, encoded.Database));
        }
    }
}
