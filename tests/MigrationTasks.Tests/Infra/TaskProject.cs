using Microsoft.Build.Framework;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Infra;

/// <summary>A project's folder with SQLite migrations, and the tasks run on it in this process.</summary>
internal sealed class TaskProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TaskProject()
    {
        ClearPipeline();
        _folder.Write(".env", "SQLITE_URL=sqlite:app.db");
    }

    public string Path => _folder.Path;

    public string ProjectFile => PathOf("Shop.csproj");

    public RecordingBuildEngine Log { get; private set; } = new();

    /// <summary>The properties of the command line.</summary>
    public Dictionary<string, string> GlobalProperties { get; } = [];

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public TaskProject Write(string relative, string text)
    {
        _folder.Write(relative, text);
        return this;
    }

    public TaskProject Migration(string name, string sql) => Write($"migrations/sqlite/{name}", sql);

    /// <summary>Runs a task, with a log of its own.</summary>
    public bool Run<TTask>(Action<TTask>? configure = null)
        where TTask : MigrationTask, new()
    {
        Log = new RecordingBuildEngine(GlobalProperties);
        using var task = new TTask { BuildEngine = Log, ProjectFile = ProjectFile };
        configure?.Invoke(task);
        return task.Execute();
    }

    public bool Migrate(Action<RunMigrations>? configure = null) => Run(configure);

    /// <summary>The one error that was logged.</summary>
    public BuildErrorEventArgs Error(string code)
    {
        var error = Log.Errors.Single();
        Assert.AreEqual(code, error.Code, error.Message);
        return error;
    }

    /// <summary>The message that an interactive terminal shows.</summary>
    public string Result() => Log.Texts(MessageImportance.High).Single(text => text.StartsWith("Shop -> ", StringComparison.Ordinal));

    public void Dispose()
    {
        ClearPipeline();
        _folder.Dispose();
    }

    // These tests may themselves run in a pipeline.
    private static void ClearPipeline()
    {
        foreach (var variable in new[] { "GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY", "SQLITE_URL" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
