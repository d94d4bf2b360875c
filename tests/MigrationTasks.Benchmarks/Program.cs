using MigrationTasks.Benchmarks.Cases;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks;

/// <summary>
/// Measures MigrationTasks against its peers: <c>[--quick] [--case NAME]… [--tool NAME]… [--output FILE]</c>. Everybody runs on
/// the same server and the same migrations, in turns.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [Host.Command, var host, var path]:
                return await Host.RunAsync(host, path);
            case [Host.AgainCommand, var host, var path]:
                return await Host.RunAgainAsync(host, path);
        }

        if (Options.Read(arguments) is not { } options)
        {
            Console.Error.WriteLine($"""
                Usage: [--quick] [--case NAME]… [--tool NAME]… [--output FILE]
                Cases: {string.Join(", ", Case.All.Select(known => known.Name))}
                Tools: {string.Join(", ", Toolbox.PostgreSql.Skip(1).Concat(Toolbox.Sqlite).Concat(Toolbox.MySql).Select(tool => tool.Name).Distinct())}
                """);
            return 2;
        }

        // As a server is that keeps what it has promised; the tests' own do not.
        await using var server = await PostgreSqlServer.StartLocalAsync(new Dictionary<string, string> { ["fsync"] = "on" });
        var report = new Report($"PostgreSQL {server.Version}");
        foreach (var selected in options.Cases)
        {
            Console.Error.WriteLine(selected.Name);
            await selected.RunAsync(new Workbench(server, options.Scale, options.Tools, report));
        }

        Console.WriteLine(report);
        if (options.Output is { } output)
        {
            await File.WriteAllTextAsync(output, report.ToString());
        }

        return 0;
    }

    /// <summary>The full path of a program on PATH, or <see langword="null"/>.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
