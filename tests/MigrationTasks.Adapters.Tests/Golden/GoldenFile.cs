namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// An approved text: what a reviewer has looked at. A change that is meant is accepted by running the test with
/// <c>MIGRATIONTASKS_ACCEPT=true</c>, which writes the file anew, so that it shows in the commit.
/// </summary>
internal static class GoldenFile
{
    private const string Variable = "MIGRATIONTASKS_ACCEPT";

    public static void IsApproved(string name, string actual)
    {
        var file = Path.Combine(FindFolder(), name);
        if (Environment.GetEnvironmentVariable(Variable) == "true")
        {
            File.WriteAllText(file, actual);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        if (approved != actual)
        {
            Assert.Fail($"It is not what {name} holds. If the change is meant, run this test with {Variable}=true and review the file's difference.\n{Difference(approved, actual)}");
        }
    }

    private static string Difference(string approved, string actual)
    {
        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('\n', [
            $"From line {same + 1} on it differs:",
            .. before.Skip(same).Take(1).Concat(before.Except(after)).Distinct().Select(line => $"- {line}"),
            .. after.Skip(same).Take(1).Concat(after.Except(before)).Distinct().Select(line => $"+ {line}")]);
    }

    // The sources, not a copy of them beside the tests: that is where an accepted version belongs.
    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = Path.Combine(folder.FullName, "tests", "MigrationTasks.Adapters.Tests", "Golden");
            if (Directory.Exists(golden))
            {
                return golden;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run in a working copy of the project.");
    }
}
