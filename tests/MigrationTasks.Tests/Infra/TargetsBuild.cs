using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Infra;

/// <summary>
/// A project with the package's .props and .targets around it, built in this process. <c>Build</c> and <c>Publish</c> do
/// nothing, and the task is replaced by a message: what is tested is when it would be called.
/// </summary>
internal sealed class TargetsBuild : IDisposable
{
    private const string Stub = """
          <Target Name="Migrate" DependsOnTargets="_MigrateCheckTools" Condition="'$(MigrateSkip)' != 'true'">
            <Message Importance="high" Text="migrated; folder required: '$(_MigrateRequireFolder)'" />
          </Target>
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The repository's <c>build/</c>.</summary>
    public static string PackageFolder { get; } = System.IO.Path.Combine(Repository.Folder, "build");

    /// <summary>What was logged: errors as <c>code: text</c>, and messages of high importance.</summary>
    public IReadOnlyList<string> Log { get; private set; } = [];

    public TargetsBuild WithMigrations()
    {
        _folder.Write("migrations/sqlite/001_a.sql", "SELECT 1;");
        return this;
    }

    /// <summary>Builds, and counts how often migrations would have run.</summary>
    public int Migrations(string target, string body = "", params (string Name, string Value)[] properties)
    {
        var file = _folder.Write("Shop.proj", $"""
            <Project DefaultTargets="Build">
              <Import Project="{PackageFolder}/MigrationTasks.props" />
              <PropertyGroup><NETCoreSdkVersion>10.0.100</NETCoreSdkVersion></PropertyGroup>
              {body}
              <Target Name="Build" /><Target Name="Publish" DependsOnTargets="Build" /><Target Name="Compile" />
              <Import Project="{PackageFolder}/MigrationTasks.targets" />
              {Stub}
            </Project>
            """);
        var logger = new RecordingLogger();
        using var projects = new ProjectCollection(properties.ToDictionary(property => property.Name, property => property.Value));
        var instance = projects.LoadProject(file).CreateProjectInstance();
        instance.Build([target], [logger]);
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
