using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.PostgreSql;
using Npgsql;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Npgsql's keywords, which a connection of PostgreSQL may be made of instead.</summary>
[TestClass]
public sealed class KeywordFuzz : ConnectionFuzz
{
    internal static readonly IReadOnlyList<string> Keywords = [.. new NpgsqlConnectionStringBuilder().Keys.Cast<string>()];

    protected override IEnumerable<string> Fragments =>
    [
        "Host=h", "Host=", ";", ";", "=", "==", "\"", "'", "Password=" + Secret, Secret, "Passwort=" + Secret, "Username=app", "Database=shop", "Port=", "5432", "-1", "99999999999", "true", "maybe", "Require", "VerifyFull",
        "a,b", "h:1", "/tmp", "{}", " ", .. Keywords.Select(keyword => $";{keyword}="),
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a"), Growth.Of(";"), Growth.Of("="), Growth.Of("Host=h;"), Growth.Numbered("a#=1;"), Growth.Of("a", "Host=h;Password="), Growth.Of("\"", "Host=h;Password="), Growth.Of("'", "Host=h;Password='"), Growth.Of("h,", "Host="),
        Growth.Of("h:1,", "Host="), Growth.Of("a,", "Host=h;Search Path="), Growth.Of(" ", "Host=h;Database=a"), Growth.Of("1", "Host=h;Port="),
    ];

    private protected override AdapterDefinition Adapter => new PostgreSqlDefinition();

    protected override void Check(string input)
    {
        base.Check(input);
        ShowsNoPassword(input, Configure);
    }

    /// <summary>What is shown of a connection that can be used does not have the password in it, unless that is the name of something else, too.</summary>
    internal static void ShowsNoPassword(string input, Func<string, DatabaseConfig> configure)
    {
        DatabaseConfig config;
        try
        {
            config = configure(input);
        }
        catch (MigrationException)
        {
            return;
        }

        var parts = PostgreSqlConnectionText.Parse(input);
        if (parts.Password?.Contains(Secret, StringComparison.Ordinal) == true && !$"{parts.Host} {parts.Database} {parts.Username}".Contains(Secret, StringComparison.Ordinal))
        {
            Assert.DoesNotContain(Secret, config.ToString());
        }
    }
}
