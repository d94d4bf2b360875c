using MigrationTasks.Tests.Infra;
using YamlDotNet.RepresentationModel;

namespace MigrationTasks.Tests.Samples;

/// <summary>One step of a pipeline's job.</summary>
/// <param name="Uses">The action or the task, with its version; nothing for a command.</param>
/// <param name="Command">The command; nothing for an action or a task.</param>
/// <param name="Environment">The variables that it alone is given.</param>
/// <param name="Text">All of it.</param>
internal sealed record PipelineStep(string Uses, string Command, IReadOnlyDictionary<string, string> Environment, string Text);

/// <summary>A job of a pipeline, as a reader of its file sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">All of it but its steps; and of what is around it.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record PipelineJob(string Name, string Text, IReadOnlyList<PipelineStep> Steps)
{
    /// <summary>Whether it, or one of its steps, is given a secret.</summary>
    public bool HasSecret => Steps.Any(step => step.Environment.Values.Any(value => value is "${{ secrets.DATABASE_URL }}" or "$(DATABASE_URL)"));

    /// <summary>The commands that call a target.</summary>
    public IEnumerable<string> Targets => Steps.Select(step => step.Command).Where(command => command.Contains(" -t:", StringComparison.Ordinal)).Select(command => command.Split(" -t:")[1].Split(' ')[0]);
}

/// <summary>Reads the pipelines of the samples.</summary>
internal static class PipelineFile
{
    /// <summary>The jobs of the workflow for GitHub Actions.</summary>
    public static IReadOnlyList<PipelineJob> GitHub() =>
    [
        .. Mapping(Read("github-actions.yml")["jobs"]).Select(job => new PipelineJob(job.Key.ToString(), Without(job.Value, "steps"), Steps(job.Value["steps"], "uses", "run"))),
    ];

    /// <summary>The jobs of the pipeline for Azure, which the job for a deployment is too.</summary>
    public static IReadOnlyList<PipelineJob> Azure()
    {
        var jobs =
            from stage in (YamlSequenceNode)Read("azure-pipelines.yml")["stages"]
            from job in (YamlSequenceNode)stage["jobs"]
            let isDeployment = Mapping(job).ContainsKey("deployment")
            let steps = isDeployment ? job["strategy"]["runOnce"]["deploy"]["steps"] : job["steps"]
            select new PipelineJob(job[isDeployment ? "deployment" : "job"].ToString(), $"{Without(stage, "jobs")} {Without(job, isDeployment ? "strategy" : "steps")}", Steps(steps, "task", "script"));
        return [.. jobs];
    }

    /// <summary>A pipeline's own settings.</summary>
    /// <param name="file">Its file.</param>
    public static YamlMappingNode Read(string file)
    {
        using var text = new StringReader(Repository.Read($"samples/pipelines/{file}"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static List<PipelineStep> Steps(YamlNode steps, string uses, string command) => [.. ((YamlSequenceNode)steps).Select(step => new PipelineStep(
        Value(step, uses) ?? "",
        Value(step, command) ?? "",
        Mapping(step).TryGetValue("env", out var environment) ? Mapping(environment).ToDictionary(variable => variable.Key.ToString(), variable => variable.Value.ToString()) : [],
        step.ToString()))];

    private static string? Value(YamlNode node, string key) => Mapping(node).TryGetValue(key, out var value) ? value.ToString() : null;

    private static string Without(YamlNode node, string key) =>
        string.Join(' ', Mapping(node).Where(child => child.Key.ToString() != key).Select(child => $"{child.Key}: {child.Value}"));

    private static IDictionary<YamlNode, YamlNode> Mapping(YamlNode node) => ((YamlMappingNode)node).Children;

    private static bool ContainsKey(this IDictionary<YamlNode, YamlNode> mapping, string key) => mapping.ContainsKey(new YamlScalarNode(key));

    private static bool TryGetValue(this IDictionary<YamlNode, YamlNode> mapping, string key, out YamlNode value) => mapping.TryGetValue(new YamlScalarNode(key), out value!);
}
