using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class InternalErrorTests
{
    [TestMethod]
    public void A_bug_of_ours_is_a_coded_error_with_its_stack_but_without_what_it_quotes()
    {
        var engine = new RecordingBuildEngine();
        var log = new BuildLog(new TaskLoggingHelper(engine, "test"), "Shop.csproj");

        log.WriteInternalError(Thrown());

        var error = engine.Errors.Single();
        Assert.AreEqual("MIG9001", error.Code);
        Assert.Contains("System.InvalidOperationException", error.Message!);
        Assert.Contains(text => text.Contains(nameof(Thrown), StringComparison.Ordinal), engine.Texts(MessageImportance.Low));
        Assert.Contains(text => text.StartsWith("System.FormatException", StringComparison.Ordinal), engine.Texts(MessageImportance.Low));
        Assert.DoesNotContain("hunter2", engine.All());
    }

    [TestMethod]
    public void The_error_itself_quotes_nothing_either_when_somebody_prints_all_of_it() =>
        Assert.DoesNotContain("hunter2", Errors.Internal(Thrown()).ToString());

    [TestMethod]
    public void A_task_turns_it_into_a_failed_build()
    {
        using var project = new TaskProject();

        Assert.IsFalse(project.Migrate(task => task.Folders = [null!]));

        project.Error("MIG9001");
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("Password=hunter2 cannot be parsed", new FormatException("hunter2"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
