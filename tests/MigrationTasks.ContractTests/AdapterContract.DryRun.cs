using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Databases;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_dry_run_that_the_adapter_does_not_have_is_refused_with_a_code()
    {
        await using var adapter = Project.CreateAdapter();
        Project.Write("001_a", Create("a"));

        var (script, rehearsal) = (await Project.DryRunAsync(), await Project.RehearseAsync());

        Assert.AreEqual(adapter is IRunScripter ? "" : "MIG3030", CodesOf(script));
        Assert.AreEqual(adapter is IRehearsalStage ? "" : "MIG3032", CodesOf(rehearsal));
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task What_an_adapter_can_do_besides_is_tested_too()
    {
        await using var adapter = Project.CreateAdapter();

        Assert.AreEqual(adapter is IRunScripter, TestsScripts, $"Who implements {nameof(IRunScripter)} derives from {nameof(ScriptContract)}, or tests what is no SQL in another way, and nobody else.");
        Assert.AreEqual(adapter is IRehearsalStage, this is RehearsalContract, $"Who implements {nameof(IRehearsalStage)} derives from {nameof(RehearsalContract)}, and nobody else.");
    }

    /// <summary>Whether the scripts are tested that the adapter writes: by <see cref="ScriptContract"/>, unless they are no SQL.</summary>
    protected virtual bool TestsScripts => this is ScriptContract;

    private static string CodesOf(DatabaseReport report) => string.Join(", ", report.Errors.Select(error => error.Code));
}
