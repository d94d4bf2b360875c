using System.Diagnostics;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>A .NET library: run by this program, started anew for each run, as a user's own small program would run it.</summary>
/// <param name="name">What it is called in the table.</param>
/// <param name="host">What this program is started as.</param>
/// <param name="fileName">How it wants migrations to be called; by version and title when omitted.</param>
internal class HostedTool(string name, string host, Func<SampleMigration, string>? fileName = null) : Tool(name)
{
    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations) =>
        WriteFiles(folder, migrations.Select(migration => (fileName?.Invoke(migration) ?? $"{migration.Name}.sql", migration.Sql)));

    public override ProcessStartInfo Migrate(string folder, Database database) => Host.Start(host, [folder], database);

    public override RunningTool? Running { get; } = new(name, host);
}
