using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>SQLite's native library, where there is none for the system: in a process of its own, which is not told where it is.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class NativeLibraryTests : IDisposable
{
    private const string Program = "MigrationTasks.ChaosRunner";
    private const string Library = "libe_sqlite3.so";

    private readonly TemporaryFolder _project = new();

    // Beside the program: what it says is looked for from there.
    private readonly string _dependencies = Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():N}.deps.json");

    public void Dispose()
    {
        _project.Dispose();
        File.Delete(_dependencies);
    }

    [TestMethod]
    public void A_library_that_is_not_there_is_told_with_the_system_and_what_to_do()
    {
        var output = Run();

        Assert.Contains($"error MIG4034: SQLite's native library e_sqlite3 cannot be loaded on this system ({RuntimeInformation.RuntimeIdentifier}): it is not there. ", output);
        Assert.Contains($"put a link to its library, by the name of {Library}, into a folder that LD_LIBRARY_PATH names.", output);
        Assert.DoesNotContain("MIG9001", output);
    }

    [TestMethod]
    public void A_library_that_cannot_be_loaded_is_told_with_the_words_of_the_system()
    {
        _project.Write($"libraries/{Library}", "This is no library.");

        var output = Run();

        Assert.Contains("error MIG4034: ", output);
        Assert.Contains($"/libraries/{Library}: ", output);
    }

    [TestMethod]
    public void What_the_message_advises_helps()
    {
        Directory.CreateDirectory(Path.Combine(_project.Path, "libraries"));
        var ours = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", Library);
        File.CreateSymbolicLink(Path.Combine(_project.Path, "libraries", Library), ours);

        Assert.Contains("applied 001_a.sql", Run());
    }

    private string Run()
    {
        _project.Write("migrations/001_a.sql", "CREATE TABLE a (x);");
        DeclareWithoutNativeLibraries();
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(dotnet, ["exec", "--depsfile", _dependencies, Path.Combine(AppContext.BaseDirectory, $"{Program}.dll"), _project.Path, "sqlite"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["CHAOS_CONNECTION"] = "sqlite:app.db";
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(_project.Path, "libraries");
        using var process = Process.Start(start)!;
        process.StandardInput.WriteLine("go");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private void DeclareWithoutNativeLibraries()
    {
        var dependencies = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{Program}.deps.json")))!;
        foreach (var (_, library) in dependencies["targets"]!.AsObject().Single().Value!.AsObject())
        {
            library!.AsObject().Remove("runtimeTargets");
        }

        File.WriteAllText(_dependencies, dependencies.ToJsonString());
    }
}
