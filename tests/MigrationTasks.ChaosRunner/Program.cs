using System.Globalization;
using MigrationTasks.Adapters;
using MigrationTasks.ChaosRunner;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.MySql;
// A run that can be killed: <project folder> <database> [back], with the connection in CHAOS_CONNECTION, and in CHAOS_LEASE for how
// many seconds its lock outlives it where that is a lease of MySQL. It says «ready», waits for a line, applies what is in the
// project's folder «migrations» or undoes all of it, and says on one line each what happens.
Console.WriteLine("ready");
if (Console.ReadLine() is null)
{
    // Whoever started it is gone.
    return 2;
}

var options = new WorkflowOptions
{
    ProjectDirectory = args[0],
    Folders = [new DeclaredFolder("migrations", args[1], "CHAOS_CONNECTION")],
};
var factory = Environment.GetEnvironmentVariable("CHAOS_LEASE") is { Length: > 0 } seconds
    ? new AdapterFactory([new MySqlDefinition { LeaseLength = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) }])
    : BuiltInAdapters.CreateFactory();
var workflow = new MigrationWorkflow(factory, options, new ConsoleObserver());
DatabaseReport report = args is [_, _, "back"]
    ? (await workflow.RollBackAsync(new RollbackOptions(Target: default(MigrationVersion)), default)).Single()
    : (await workflow.MigrateAsync(default)).Single();

var names = report switch
{
    RollbackReport rollback => rollback.RolledBack.Select(migration => migration.Name),
    _ => ((RunReport)report).Applied.Select(migration => migration.Name),
};
foreach (var name in names)
{
    Console.WriteLine($"reported {name}");
}

foreach (var error in report.Errors)
{
    Console.WriteLine($"error {error}");
}

Console.WriteLine($"ended {(report.Succeeded ? "well" : "badly")}");
return report.Succeeded ? 0 : 1;
