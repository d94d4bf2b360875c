using System.Text.RegularExpressions;
using MigrationTasks.Help;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Samples;

/// <summary>The pipelines of the samples are what people copy: the secret goes to one step of one job, and the rest needs none.</summary>
[TestClass]
public sealed partial class PipelineSampleTests
{
    private static readonly IReadOnlyList<PipelineJob> GitHub = PipelineFile.GitHub();
    private static readonly IReadOnlyList<PipelineJob> Azure = PipelineFile.Azure();

    public static IEnumerable<string> Pipelines => ["GitHub", "Azure"];

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void What_is_tried_is_tried_without_the_secret_on_a_server_of_its_own(string pipeline)
    {
        var job = JobsOf(pipeline).Single(job => !job.HasSecret);

        Assert.Contains("postgres", job.Text[job.Text.IndexOf("services", StringComparison.Ordinal)..]);
        Assert.Contains("DATABASE_URL, postgres://postgres:postgres@localhost:5432/postgres", job.Text);
        Assert.DoesNotContain("production", job.Text);
        Assert.AreSequenceEqual(["MigrateValidate", "MigrateDryRun", "Migrate"], job.Targets);
        Assert.Contains("-p:MigrateConnectTimeout=60", job.Steps.First(step => step.Command.Contains(" -t:", StringComparison.Ordinal)).Command);
    }

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void The_secret_is_given_to_the_step_that_migrates_which_restores_nothing(string pipeline)
    {
        var job = JobsOf(pipeline).Single(job => job.HasSecret);
        var step = job.Steps.Single(step => step.Environment.Count > 0);

        Assert.Contains(" --no-restore -t:Migrate ", step.Command);
        Assert.IsEmpty(job.Steps.Where(other => other != step && other.Text.Contains("DATABASE_URL", StringComparison.Ordinal)));
        Assert.DoesNotContain("DATABASE_URL", job.Text);
        Assert.IsLessThan(job.Steps.ToList().IndexOf(step), job.Steps.ToList().FindIndex(other => other.Command.StartsWith("dotnet restore ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Only_the_main_branch_is_migrated_in_an_environment_one_run_after_the_other()
    {
        var (gitHub, azure) = (GitHub.Single(job => job.HasSecret).Text, Azure.Single(job => job.HasSecret).Text);

        Assert.Contains("environment: production", gitHub);
        Assert.Contains("migrate-production", gitHub);
        Assert.Contains("github.ref == 'refs/heads/main' && github.event_name != 'pull_request'", gitHub);
        Assert.Contains("needs: try", gitHub);
        Assert.Contains("environment: production", azure);
        Assert.Contains("lockBehavior: sequential", azure);
        Assert.Contains("eq(variables['Build.SourceBranch'], 'refs/heads/main'), ne(variables['Build.Reason'], 'PullRequest')", azure);
        Assert.Contains("dependsOn: Try", azure);
        Assert.Contains("group, production", azure);
        Assert.Contains("pull_request", PipelineFile.Read("github-actions.yml")["on"].ToString());
        Assert.Contains("main", PipelineFile.Read("azure-pipelines.yml")["pr"].ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void Every_job_caches_packages_and_keeps_its_reports_when_it_fails_too(string pipeline)
    {
        foreach (var job in JobsOf(pipeline))
        {
            Assert.Contains(step => step.Uses is "actions/cache@v5" or "Cache@2", job.Steps, job.Name);
            var kept = job.Steps.Single(step => step.Uses is "actions/upload-artifact@v6" or "PublishPipelineArtifact@1");
            Assert.MatchesRegex("always\\(\\)|succeededOrFailed\\(\\)", kept.Text);
            Assert.IsEmpty(job.Steps.Where(step => step.Command.Contains(" -t:", StringComparison.Ordinal) && !step.Command.Contains("/reports/", StringComparison.Ordinal) && !step.Command.Contains("$(reports)/", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void Every_action_and_task_has_its_major_version() =>
        Assert.IsEmpty(GitHub.Concat(Azure).SelectMany(job => job.Steps).Where(step => step.Uses.Length > 0 && !Versioned().IsMatch(step.Uses)));

    [TestMethod]
    public void Every_command_names_targets_and_properties_that_there_are()
    {
        var targets = PackageFiles.Sections().First().Entries.Select(entry => entry.Name).ToHashSet();
        foreach (var command in GitHub.Concat(Azure).SelectMany(job => job.Steps).Select(step => step.Command).Where(command => command.Length > 0))
        {
            Assert.MatchesRegex("^dotnet (restore|build) ", command);
            Assert.IsEmpty(Target().Matches(command).Select(match => match.Groups["name"].Value).Except(targets));
            Assert.IsEmpty(Property().Matches(command).Select(match => match.Groups["name"].Value).Except(PackageFiles.PropertyNames));
        }
    }

    [TestMethod]
    public void Both_do_the_same() => Assert.AreSequenceEqual(
        GitHub.SelectMany(job => job.Steps).Select(step => step.Command).Where(command => command.Length > 0),
        Azure.SelectMany(job => job.Steps).Select(step => step.Command.Replace("$(project)", "$PROJECT", StringComparison.Ordinal).Replace("$(reports)", "$GITHUB_WORKSPACE/reports", StringComparison.Ordinal)).Where(command => command.Length > 0));

    [TestMethod]
    public void The_project_is_one_of_the_samples()
    {
        Assert.IsTrue(Directory.Exists(Path.Combine(Repository.Folder, PipelineFile.Read("github-actions.yml")["env"]["PROJECT"].ToString())));
        Assert.IsTrue(Directory.Exists(Path.Combine(Repository.Folder, PipelineFile.Read("azure-pipelines.yml")["variables"]["project"].ToString())));
    }

    private static IReadOnlyList<PipelineJob> JobsOf(string pipeline) => pipeline == "GitHub" ? GitHub : Azure;

    [GeneratedRegex("^[A-Za-z0-9/-]+@v?[0-9]+$")]
    private static partial Regex Versioned();

    [GeneratedRegex(" -t:(?<name>[A-Za-z]+)")]
    private static partial Regex Target();

    [GeneratedRegex(" -p:(?<name>[A-Za-z]+)=")]
    private static partial Regex Property();
}
