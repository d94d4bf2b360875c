using System.Diagnostics;
using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class LeftoversTests
{
    [TestMethod]
    public void After_a_build_no_process_is_left_and_no_file_is_locked()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");
        consumer.Environment["MSBUILDDISABLENODEREUSE"] = null;
        consumer.Environment["MIGRATIONTASKS_TEST_CONSUMER"] = consumer.Path;

        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("1 migration applied");

        Assert.IsTrue(SpinWait.SpinUntil(() => !ProcessesWith(consumer.Path).Any(), TimeSpan.FromSeconds(10)), string.Join('\n', ProcessesWith(consumer.Path)));
        // Where files in use are locked, this fails for one that is.
        Directory.Delete(consumer.PathOf(".packages"), recursive: true);
        File.Delete(consumer.Database);
    }

    // A process inherits its variables, so that what a build started can be told from what runs beside it.
    private static IEnumerable<string> ProcessesWith(string value)
    {
        foreach (var process in OperatingSystem.IsLinux() ? Process.GetProcesses() : [])
        {
            using (process)
            {
                if (Read(process, "environ").Contains($"MIGRATIONTASKS_TEST_CONSUMER={value}\0", StringComparison.Ordinal))
                {
                    yield return $"{process.Id}: {Read(process, "cmdline").Replace('\0', ' ')}";
                }
            }
        }
    }

    private static string Read(Process process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
