using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

/// <summary>A warning that the build raises to an error, and that is known beforehand, keeps a command from changing anything.</summary>
[TestClass]
public sealed class RaisedWarningsTests
{
    [TestMethod]
    [DataRow("Migrate")]
    [DataRow("MigrateRollback")]
    [DataRow("MigrateBaseline")]
    [DataRow("MigrateRepair")]
    public void A_raised_warning_of_the_folder_stops_a_command_before_it_changes_anything(string command)
    {
        using var project = Project(hasRowWithoutFile: command == "MigrateRepair");
        var before = Rows(project);

        Assert.IsFalse(Run(project, command, "dotnet build -warnaserror"));

        Assert.Contains("MIG2014", project.Log.Errors.Select(error => error.Code).ToList(), project.Log.All());
        Assert.AreEqual(before, Rows(project));
        Assert.IsTrue(Run(project, command, "dotnet build"), project.Log.All());
        Assert.AreNotEqual(before, Rows(project));
    }

    [TestMethod]
    [DataRow("dotnet build -warnaserror", true)]
    [DataRow("dotnet build \"-warnAsError\"", true)]
    [DataRow("/usr/bin/dotnet msbuild Shop.csproj /err /t:Migrate", true)]
    [DataRow("dotnet build -warnaserror -warnnotaserror:MIG2014;MIG2028", false)]
    [DataRow("dotnet build -warnaserror -nowarn:MIG2014 ", false)]
    [DataRow("dotnet build -warnaserror -noerr:MIG2028", true)]
    [DataRow("dotnet build -p:Name=err", false)]
    [DataRow("", false)]
    public void Switches_of_the_command_line_say_which_warnings_are_raised(string line, bool isRaised)
    {
        using var project = Project();

        Assert.AreEqual(!isRaised, project.Run<RunMigrations>(task => task.Set("BuildCommandLine", line)), project.Log.All());
    }

    [TestMethod]
    public void What_the_project_silences_or_keeps_a_warning_is_not_raised_with_all_others()
    {
        using var project = Project();

        Assert.IsTrue(project.Run<RunMigrations>(task => task.Set("BuildCommandLine", "dotnet build -warnaserror").Set("MSBuildWarningsAsMessages", "1701;mig2014")), project.Log.All());
        Assert.IsTrue(project.Run<RunMigrations>(task => task.Set("BuildCommandLine", "dotnet build -warnaserror").Set("MSBuildWarningsNotAsErrors", "MIG2014")), project.Log.All());
    }

    // 001 is applied, 002 is pending, and the folder gives a warning.
    private static TaskProject Project(bool hasRowWithoutFile = false)
    {
        var project = new TaskProject().Migration("001_a.sql", "-- Rollback: DROP TABLE a;\n\nCREATE TABLE a (i int);").Migration("000_gone.sql", "SELECT 1;");
        if (!hasRowWithoutFile)
        {
            File.Delete(project.PathOf("migrations/sqlite/000_gone.sql"));
        }

        Assert.IsTrue(project.Migrate(), project.Log.All());
        File.Delete(project.PathOf("migrations/sqlite/000_gone.sql"));
        return project.Migration("002_b.sql", "CREATE TABLE b (i int);").Migration("009_c.down.sql", "SELECT 1;");
    }

    private static bool Run(TaskProject project, string command, string line) => command switch
    {
        "Migrate" => project.Run<RunMigrations>(task => task.Set("BuildCommandLine", line)),
        "MigrateRollback" => project.Run<RollbackMigrations>(task => task.Set("BuildCommandLine", line)),
        "MigrateBaseline" => project.Run<BaselineHistory>(task => task.Set("BuildCommandLine", line).Set("MigrateTargetVersion", "002")),
        _ => project.Run<RepairHistory>(task => task.Set("BuildCommandLine", line).Set("MigrateRepairMissing", "true")),
    };

    private static string Rows(TaskProject project)
    {
        Assert.IsTrue(project.Run<GetMigrationStatus>(), project.Log.All());
        return project.Result();
    }
}
