using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>graphile-migrate, whose committed migrations are numbered and each hold the hash of the one before.</summary>
internal sealed class GraphileMigrateTool() : NodeTool(
    "graphile-migrate", "node_modules/graphile-migrate/dist/cli.js", ["migrate"], migration => (migration.Name, migration.Sql))
{
    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations)
    {
        WriteFiles(Path.Combine(folder, "migrations", "committed"), Chain(migrations));
        WriteFiles(Path.Combine(folder, "migrations"), [("current.sql", "")]);
        WriteFiles(folder, [(".gmrc", "{}")]);
    }

    public override ProcessStartInfo Migrate(string folder, Database database)
    {
        var start = base.Migrate(folder, database);
        // It asks for both of these, and uses neither to migrate.
        start.Environment["SHADOW_DATABASE_URL"] = database.Url.Replace("?", "_shadow?", StringComparison.Ordinal);
        start.Environment["ROOT_DATABASE_URL"] = database.Url.Replace("?", "_root?", StringComparison.Ordinal);
        return start;
    }

    private static IEnumerable<(string Name, string Text)> Chain(IReadOnlyList<SampleMigration> migrations)
    {
        string? previous = null;
        foreach (var migration in migrations)
        {
            var body = migration.Sql.Trim();
            var hash = $"sha1:{Sha1($"{$"{previous}\n{body}".Trim()}\n")}";
            yield return (migration.Number.ToString("000000", CultureInfo.InvariantCulture) + ".sql", $"--! Previous: {previous ?? "-"}\n--! Hash: {hash}\n\n{body}\n");
            previous = hash;
        }
    }

#pragma warning disable CA5350 // The tool's own choice.
    private static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
