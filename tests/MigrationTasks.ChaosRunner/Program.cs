using MigrationTasks.Adapters;
using MigrationTasks.ChaosRunner;
using MigrationTasks.Engine;
using MigrationTasks.Engine.Configuration;

// A run that can be killed: <project folder> <database>, with the connection in CHAOS_CONNECTION. It says «ready», waits
// for a line, runs what is in the project's folder «migrations», and says on one line each what happens.
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
var observer = new ConsoleObserver();
var report = (await new MigrationWorkflow(BuiltInAdapters.CreateFactory(), options, observer).MigrateAsync(default)).Single();

foreach (var migration in report.Applied)
{
    Console.WriteLine($"reported {migration.Name}");
}

foreach (var error in report.Errors)
{
    Console.WriteLine($"error {error}");
}

Console.WriteLine($"ended {(report.Succeeded ? "well" : "badly")}");
return report.Succeeded ? 0 : 1;
