using System.Diagnostics;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>
/// The floor: PostgreSQL's own client runs one script with the same transactions, each with its history row, or reads the
/// history when all are applied. It is no migration tool: it does not know what is pending.
/// </summary>
internal sealed class PsqlTool() : Tool("psql")
{
    private const string Script = "all.sql";

    public override bool IsPeer => false;

    public override string? Missing => Program.Find("psql") is null ? "psql is not installed" : null;

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations) => WriteFiles(folder,
        [(Script, "CREATE TABLE schema_migrations (migration_name text PRIMARY KEY, executed_at timestamptz);\n" + string.Concat(migrations.Select(Transaction)))]);

    public override ProcessStartInfo Migrate(string folder, Database database) =>
        Psql(database, "--file", Path.Combine(folder, Script));

    public override ProcessStartInfo FindNothing(string folder, Database database) =>
        Psql(database, "--command", "SELECT * FROM schema_migrations");

    private static ProcessStartInfo Psql(Database database, params string[] arguments) =>
        new("psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", .. arguments, database.Url]);

    private static string Transaction(SampleMigration migration) =>
        $"BEGIN;\n{migration.Sql}INSERT INTO schema_migrations VALUES ('{migration.Name}', now());\nCOMMIT;\n";
}
