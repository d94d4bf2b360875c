using System.Diagnostics;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>A tool of the npm world, run without npx, which would only cost time.</summary>
/// <param name="name">What it is called in the table.</param>
/// <param name="program">Its program, relative to the folder with the peers' packages.</param>
/// <param name="arguments">What follows the program; <c>{folder}</c> stands for the migrations.</param>
/// <param name="form">A migration's file name and text.</param>
internal class NodeTool(string name, string program, IReadOnlyList<string> arguments, Func<SampleMigration, (string Name, string Text)> form) : Tool(name)
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("BENCHMARK_PEERS") ?? "";

    private readonly string _program = Path.Combine(Packages, program);

    public override string? Missing =>
        Program.Find("node") is null ? "Node.js is not installed" : File.Exists(_program) ? null : "npm did not install it";

    /// <summary>A straightforward runner: one query for the history, one transaction a file.</summary>
    public static NodeTool Runner { get; } = new(
        "runner on postgres.js", "runner.mjs", ["{folder}"], migration => ($"{migration.Name}.sql", migration.Sql));

    public static NodeTool Dbmate { get; } = new(
        "dbmate", "node_modules/@dbmate/linux-x64/bin/dbmate", ["--migrations-dir", "{folder}", "--no-dump-schema", "up"],
        migration => ($"{migration.Name}.sql", $"-- migrate:up\n{migration.Sql}\n-- migrate:down\n"));

    /// <summary>With a transaction for each migration, as the others have.</summary>
    public static NodeTool NodePgMigrate { get; } = CreateNodePgMigrate("node-pg-migrate", "--no-single-transaction");

    /// <summary>As it is when nothing else is asked for: the first failure takes all migrations of the run back.</summary>
    public static NodeTool NodePgMigrateAtOnce { get; } = CreateNodePgMigrate("node-pg-migrate, one transaction for all");

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations) => WriteFiles(folder, migrations.Select(form));

    public override ProcessStartInfo Migrate(string folder, Database database)
    {
        var all = arguments.Select(argument => argument.Replace("{folder}", folder, StringComparison.Ordinal));
        var start = IsScript ? new ProcessStartInfo("node", [_program, .. all]) : new ProcessStartInfo(_program, all);
        start.WorkingDirectory = folder;
        start.Environment["DATABASE_URL"] = database.Url;
        return start;
    }

    private static NodeTool CreateNodePgMigrate(string name, params string[] options) => new(
        name, "node_modules/node-pg-migrate/bin/node-pg-migrate.js", ["up", "--migrations-dir", "{folder}", .. options],
        migration => ($"{migration.Name}.sql", $"-- Up Migration\n{migration.Sql}\n-- Down Migration\n"));

    private bool IsScript => Path.HasExtension(_program);
}
