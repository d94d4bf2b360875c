using System.Diagnostics;
using System.Text.RegularExpressions;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests.Infra;

/// <summary>A throw-away repository whose projects use the package, and the real <c>dotnet</c> to build them.</summary>
internal sealed partial class Consumer : IDisposable
{
    // What would make a build here differ from a user's: settings of the build that runs these tests, and of its pipeline.
    private static readonly string[] Unwanted =
    [
        "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_HOST_PATH",
        "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS", "TF_BUILD", "CI", "DATABASE_URL", "SQLITE_URL",
    ];

    /// <summary>What this machine has of other people's packages, which need not be fetched again.</summary>
    public static string MachinePackages { get; } = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private readonly TemporaryFolder _folder = new();

    /// <param name="onlyLocal">Whether nothing but this package is needed, so that restoring asks no server.</param>
    public Consumer(bool onlyLocal = true)
    {
        Write("nuget.config", $"""
            <configuration>
              <packageSources>{(onlyLocal ? "<clear />" : "")}<add key="tests" value="{PackedPackage.Folder}" /></packageSources>
              <fallbackPackageFolders>{(onlyLocal ? "" : $"""<add key="machine" value="{MachinePackages}" />""")}</fallbackPackageFolders>
            </configuration>
            """);
        Environment["NUGET_PACKAGES"] = PathOf(".packages");
        Environment["MSBUILDDISABLENODEREUSE"] = "1";
        Environment["DOTNET_NOLOGO"] = "1";
        Environment["SQLITE_URL"] = $"sqlite:{Database}";
    }

    public string Path => _folder.Path;

    /// <summary>The SQLite database of all projects; there as soon as a migration ran.</summary>
    public string Database => PathOf("app.db");

    public bool HasMigrated => File.Exists(Database);

    /// <summary>What the result of a project starts with.</summary>
    public string ResultOf(string project) => $"{project} -> sqlite {Database}: ";

    /// <summary>Variables on top of those of this process; <see langword="null"/> takes one away.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public Consumer Write(string relative, string text)
    {
        _folder.Write(relative, text);
        return this;
    }

    /// <summary>Adds a console app that references the package.</summary>
    public Consumer Project(string name, string frameworks = "net10.0", string body = "", string sdk = "Microsoft.NET.Sdk")
    {
        var property = frameworks.Contains(';', StringComparison.Ordinal) ? "TargetFrameworks" : "TargetFramework";
        return Write($"{name}/Program.cs", "class Program { static void Main() { } }").Write($"{name}/{name}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup><OutputType>Exe</OutputType><{property}>{frameworks}</{property}></PropertyGroup>
              <ItemGroup><PackageReference Include="MigrationTasks" Version="{PackedPackage.Version}" /></ItemGroup>
              {body}
            </Project>
            """);
    }

    /// <summary>Adds a migration that creates a table of the file's name.</summary>
    public Consumer Migration(string project, string name) =>
        Write($"{project}/migrations/sqlite/{name}.sql", $"CREATE TABLE t{name} (id INTEGER);");

    /// <summary>Runs <c>dotnet</c> in the repository.</summary>
    public BuildResult Dotnet(params IEnumerable<string> arguments) => Run(Path, Environment, arguments);

    /// <summary>
    /// Runs <c>dotnet</c> in the repository, and something else at the same time, which is given its process. Ctrl+C works in
    /// it even when these tests were started in the background, where it is ignored.
    /// </summary>
    public BuildResult DotnetInForeground(Action<Process> meanwhile, params IEnumerable<string> arguments) =>
        Run(Path, Environment, new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", .. arguments]), meanwhile);

    /// <summary>
    /// Runs <c>dotnet</c> in a pseudo-terminal with the interactive logger, and gives what a reader sees: without the codes
    /// that colour it and move the cursor.
    /// </summary>
    public BuildResult DotnetInTerminal(string arguments)
    {
        var environment = new Dictionary<string, string?>(Environment) { ["TERM"] = "xterm-256color" };
        var result = Run(Path, environment, new ProcessStartInfo("script", ["-qec", $"dotnet {arguments} -tl:on", "/dev/null"]), _ => { });
        return result with { Raw = result.Output, Output = TerminalCode().Replace(result.Output, "").ReplaceLineEndings("\n") };
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("\u001b(\\[[0-9;?]*[A-Za-z]|[=>]|\\][^\u001b\u0007]*(\u001b\\\\|\u0007))")]
    private static partial Regex TerminalCode();

    /// <summary>Runs <c>dotnet</c> anywhere.</summary>
    public static BuildResult Run(string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        Run(folder, environment, new ProcessStartInfo("dotnet", arguments), _ => { });

    /// <summary>Runs a line as a shell does.</summary>
    public static BuildResult Shell(string folder, IReadOnlyDictionary<string, string?> environment, string command) =>
        Run(folder, environment, new ProcessStartInfo("bash", ["-c", command]), _ => { });

    private static BuildResult Run(string folder, IReadOnlyDictionary<string, string?> environment, ProcessStartInfo start, Action<Process> meanwhile)
    {
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in Unwanted.Select(name => KeyValuePair.Create(name, (string?)null)).Concat(environment))
        {
            start.Environment.Remove(name);
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        // What the pipeline has compiled of the repository is not compiled again because it would be done in another way.
        if (folder == PackedPackage.Repository && System.Environment.GetEnvironmentVariable("CI") == "true")
        {
            start.Environment["ContinuousIntegrationBuild"] = "true";
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        meanwhile(process);
        process.WaitForExit();
        return new BuildResult(process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
    }
}

/// <summary>How a build ended.</summary>
internal sealed record BuildResult(int ExitCode, string Output)
{
    /// <summary>What a terminal was sent, with the codes that colour it and move the cursor.</summary>
    public string Raw { get; init; } = "";

    public BuildResult Succeeded()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }

    public BuildResult Failed(string code)
    {
        Assert.AreNotEqual(0, ExitCode, Output);
        Assert.Contains($"error {code}:", Output);
        return this;
    }

    public BuildResult Says(string text)
    {
        Assert.Contains(text, Output);
        return this;
    }

    /// <summary>How often a text is in the output.</summary>
    public int Count(string text) => Output.Split(text).Length - 1;
}
