using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Infra;

/// <summary>
/// A project with the package's .props and .targets around it, built in this process. The SDK's targets do nothing but log that
/// they run, and the task is replaced by a message: what is tested is when it would be called.
/// </summary>
internal sealed class TargetsBuild : IDisposable
{
    private const string Stub = """
          <Target Name="Migrate" DependsOnTargets="_MigrateCheckTools" Condition="'$(MigrateSkip)' != 'true'">
            <Message Importance="high" Text="migrated; folder required: '$(_MigrateRequireFolder)'" />
          </Target>
        """;

    // Named, conditioned and ordered as the SDK has them.
    private const string Sdk = """
          <Target Name="Build" /><Target Name="Compile" />
          <Target Name="Publish" Condition="'$(IsPublishable)' != 'false'" DependsOnTargets="Build" />
          <Target Name="PublishContainer" Condition="'$(IsPublishable)' != 'false'"><Message Importance="high" Text="image made" /></Target>
          <Target Name="DotNetPublish" AfterTargets="Build" Condition="'$(DeployOnBuild)' == 'true'"><Message Importance="high" Text="deployed" /></Target>
          <Target Name="CollectUpToDateCheckInputDesignTime" Returns="@(UpToDateCheckInput)" />
        """;

    private readonly TemporaryFolder _folder = new();
    private ProjectInstance? _instance;

    /// <summary>The repository's <c>build/</c>.</summary>
    public static string PackageFolder { get; } = System.IO.Path.Combine(Repository.Folder, "build");

    /// <summary>What was logged: errors as <c>code: text</c>, and messages of high importance.</summary>
    public IReadOnlyList<string> Log { get; private set; } = [];

    public TargetsBuild WithMigrations()
    {
        _folder.Write("migrations/sqlite/001_a.sql", "SELECT 1;");
        return this;
    }

    /// <summary>The items of a kind that the last build ended with.</summary>
    public IReadOnlyList<string> Items(string kind) => [.. _instance!.GetItems(kind).Select(item => item.EvaluatedInclude)];

    /// <summary>A property that the last build ended with.</summary>
    public string Property(string name) => _instance!.GetPropertyValue(name);

    /// <summary>The full path of a file of the project.</summary>
    public string PathOf(string relative) => System.IO.Path.Combine(_folder.Path, relative);

    /// <summary>Adds a file to the project.</summary>
    public string Write(string relative, string text) => _folder.Write(relative, text);

    /// <summary>Builds, and counts how often migrations would have run.</summary>
    /// <param name="targets">What is asked for, separated by semicolons.</param>
    /// <param name="body">What else is in the project.</param>
    /// <param name="properties">What the command line sets.</param>
    public int Migrations(string targets, string body = "", params (string Name, string Value)[] properties)
    {
        var file = _folder.Write("Shop.proj", $"""
            <Project DefaultTargets="Build">
              <Import Project="{PackageFolder}/MigrationTasks.props" />
              <PropertyGroup><NETCoreSdkVersion>10.0.100</NETCoreSdkVersion><BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath><Configuration>Debug</Configuration></PropertyGroup>
              {body}
              {Sdk}
              <Import Project="{PackageFolder}/MigrationTasks.targets" />
              {Stub}
            </Project>
            """);
        var logger = new RecordingLogger();
        using var projects = new ProjectCollection(properties.ToDictionary(property => property.Name, property => property.Value));
        _instance = projects.LoadProject(file).CreateProjectInstance();
        _instance.Build(targets.Split(';'), [logger]);
        Log = logger.Lines;
        return Log.Count(line => line.StartsWith("migrated", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class RecordingLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public LoggerVerbosity Verbosity { get; set; }

        public string? Parameters { get; set; }

        public void Initialize(IEventSource eventSource)
        {
            eventSource.ErrorRaised += (_, e) => Lines.Add($"{e.Code}: {e.Message}");
            eventSource.MessageRaised += (_, e) => Lines.AddRange(e.Importance == MessageImportance.High ? [e.Message!] : []);
        }

        public void Shutdown()
        {
        }
    }
}
