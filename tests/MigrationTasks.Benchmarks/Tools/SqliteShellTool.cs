using System.Diagnostics;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>The floor of SQLite: its shell runs one script with the same transactions, each with its history row.</summary>
internal sealed class SqliteShellTool() : Tool("sqlite3 shell")
{
    private const string Script = "all.sql";

    public override bool IsPeer => false;

    public override string? Missing => Program.Find("sqlite3") is null ? "sqlite3 is not installed" : null;

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations) => WriteFiles(folder,
        [(Script, "CREATE TABLE schema_migrations (migration_name TEXT PRIMARY KEY, executed_at TEXT);\n" + string.Concat(migrations.Select(Transaction)))]);

    public override ProcessStartInfo Migrate(string folder, Database database) =>
        new("sqlite3", ["-bail", database.Url["sqlite:".Length..], $".read '{Path.Combine(folder, Script)}'"]);

    private static string Transaction(SampleMigration migration) =>
        $"BEGIN;\n{migration.Sql}INSERT INTO schema_migrations VALUES ('{migration.Name}', CURRENT_TIMESTAMP);\nCOMMIT;\n";
}
