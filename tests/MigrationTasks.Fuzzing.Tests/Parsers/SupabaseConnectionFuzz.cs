using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Connections of Supabase, as its dashboard shows them and as people copy them.</summary>
[TestClass]
public sealed class SupabaseConnectionFuzz : ConnectionFuzz
{
    protected override string[] Codes => ["MIG1007", "MIG1012"];

    protected override IEnumerable<string> Fragments =>
    [
        "postgresql://", "https://", "postgres", ".", "abcdefghijklmnopqrst", ":", Secret, "[" + Secret + "]", "[YOUR-PASSWORD]", "@", "db.", ".supabase.co", ".supabase.com", ".pooler.supabase.com", "aws-0-eu-central-1",
        ":5432", ":6543", "/postgres", "?", "sslmode=", "disable", "require", "&", "Host=", ";", "Username=", "Password=" + Secret, "SSL Mode=Prefer", ",", "%40", "\n",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("a", "postgres://postgres.", ":p@x.pooler.supabase.com/postgres"), Growth.Of(".", "postgres://postgres", ":p@x.pooler.supabase.com/postgres"), Growth.Of("a.", "postgres://u:p@", "supabase.co/postgres"),
        Growth.Of(".supabase.co", "postgres://u:p@db"), Growth.Of("[", "postgres://u:", "]@db.abcdefghijklmnopqrst.supabase.co/postgres"), Growth.Of("a", "https://"),
    ];

    private protected override AdapterDefinition Adapter => new SupabaseDefinition();
}
