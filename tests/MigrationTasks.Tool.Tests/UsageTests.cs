namespace MigrationTasks.Tool.Tests;

/// <summary>What is typed wrong is told, with what is meant, and without what may be a secret.</summary>
[TestClass]
public sealed class UsageTests
{
    [TestMethod]
    [DataRow("stats", "There is no command stats. Do you mean status?")]
    [DataRow("--databse x", "There is no option --databse of migrate. Do you mean --database?")]
    [DataRow("repair --checksums", "There is no option --checksums of migrate repair. Do you mean --repair-checksums?")]
    [DataRow("status --steps 2", "There is no option --steps of migrate status.")]
    [DataRow("rollback --steps", "--steps is given without a value, or more than once.")]
    [DataRow("rollback --steps 1 --steps 2", "--steps is given without a value, or more than once.")]
    [DataRow("--target-version 3 rollback", "--target-version stands before the command, where it is for none. Write it behind: migrate rollback --target-version …")]
    public async Task A_slip_is_told_with_what_is_meant(string typed, string message)
    {
        using var folder = new ToolFolder().Migration("001_a");

        (await folder.RunAsync(typed.Split(' '))).Failed($"migrate: error MIG1047: {message}");

        Assert.IsFalse(File.Exists(folder.PathOf("app.db")));
    }

    [TestMethod]
    [DataRow("postgres://u:planted@h/db")]
    [DataRow("--connection=planted")]
    [DataRow("--connection planted")]
    [DataRow("status Host=h;Password=planted")]
    [DataRow("--database-url=postgres://u:planted@h/db")]
    [DataRow("-planted")]
    [DataRow("-pplanted")]
    [DataRow("--database postgres://u:planted@h/db")]
    [DataRow("--target-version Host=h;Password=planted")]
    [DataRow("--env-file postgres://u:planted@h/db")]
    [DataRow("--report-file mysql://planted@h/db")]
    [DataRow("status -C postgres://u:planted@h/db")]
    [DataRow("new postgres://u:planted@h/db")]
    public async Task A_secret_on_the_command_line_is_not_told(string typed)
    {
        using var folder = new ToolFolder().Migration("001_a");

        var result = (await folder.RunAsync(typed.Split(' '))).Failed("error MIG");

        Assert.DoesNotContain("planted", result.Output + result.Problems);
    }

    [TestMethod]
    [DataRow("--lock-timeout abc", "--lock-timeout is 'abc', but must be a whole number of seconds")]
    [DataRow("baseline", "migrate baseline needs --target-version, and does not guess it: migrate baseline --target-version 003")]
    [DataRow("rollback --steps 1 --target-version 1", "--steps and --target-version are both set")]
    [DataRow("new", "migrate new needs a name, and does not guess it: migrate new add_users")]
    public async Task A_value_that_cannot_be_meant_is_told_by_its_option(string typed, string message)
    {
        using var folder = new ToolFolder().Migration("001_a");

        (await folder.RunAsync(typed.Split(' '))).Failed(message);
    }

    [TestMethod]
    public async Task A_folder_that_is_not_there_is_told()
    {
        using var folder = new ToolFolder();

        using var problems = new StringWriter();

        Assert.AreEqual(1, await MigrateCommand.RunAsync(["status", "-C", folder.PathOf("nosuch")], new ToolConsole(TextWriter.Null, problems)));
        Assert.Contains($"{folder.PathOf("nosuch")}: error MIG1048:", problems.ToString());
    }
}
