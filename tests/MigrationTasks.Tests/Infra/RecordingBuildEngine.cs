using System.Collections;
using Microsoft.Build.Framework;

namespace MigrationTasks.Tests.Infra;

/// <summary>Stands in for MSBuild: remembers what a task logs.</summary>
/// <param name="globalProperties">The properties of the command line.</param>
internal sealed class RecordingBuildEngine(IReadOnlyDictionary<string, string>? globalProperties = null) : IBuildEngine6
{
    private readonly Lock _gate = new();

    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 1;

    public int ColumnNumberOfTaskNode => 1;

    public string ProjectFileOfTaskNode => "MigrationTasks.targets";

    /// <summary>The texts of one importance, in order.</summary>
    public IEnumerable<string> Texts(MessageImportance importance) =>
        Messages.Where(message => message.Importance == importance).Select(message => message.Message!);

    /// <summary>Everything that was logged.</summary>
    public string All() => string.Join('\n', Errors.Cast<BuildEventArgs>().Concat(Warnings).Concat(Messages).Select(logged => logged.Message));

    /// <summary>The codes of errors and warnings.</summary>
    public IEnumerable<string> Codes() => Errors.Select(error => error.Code).Concat(Warnings.Select(warning => warning.Code));

    /// <summary>Everything that was logged, as MSBuild prints it.</summary>
    public string AsPrinted() => string.Join('\n', [
        .. Errors.Select(error => $"{error.File}({error.LineNumber},{error.ColumnNumber}): error {error.Code}: {error.Message}"),
        .. Warnings.Select(warning => $"{warning.File}({warning.LineNumber},{warning.ColumnNumber}): warning {warning.Code}: {warning.Message}"),
        .. Messages.Select(message => message.Message!)]);

    public void LogErrorEvent(BuildErrorEventArgs e) => Add(Errors, e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Add(Warnings, e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(Messages, e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public bool IsRunningMultipleNodes => false;

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => globalProperties ?? new Dictionary<string, string>();

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) =>
        throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) =>
        throw new NotSupportedException();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => throw new NotSupportedException();

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    public void Yield() => throw new NotSupportedException();

    public void Reacquire() => throw new NotSupportedException();

    private void Add<T>(List<T> list, T item)
    {
        lock (_gate)
        {
            list.Add(item);
        }
    }
}
