using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Tools;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>
/// This program in its second role: as one run of a .NET library, in a process of its own, or as one that runs for a while already.
/// It does its work and ends; what it has to say, if anything, is its last line.
/// </summary>
internal static class Host
{
    /// <summary>The first argument of a host.</summary>
    public const string Command = "host";

    /// <summary>The first argument of a host that does its work once on another database, and only then on the one that counts.</summary>
    public const string AgainCommand = "host-again";

    private const string UrlVariable = "BENCHMARK_URL";
    private const string ConnectionVariable = "BENCHMARK_CONNECTION";
    private const string WarmUpSuffix = "_WARM_UP";

    public static ProcessStartInfo Start(string host, IEnumerable<string> arguments, Database? database = null) =>
        Start(Command, host, arguments, (database, ""));

    /// <param name="host">Which library.</param>
    /// <param name="path">Its migrations.</param>
    /// <param name="warmUp">The database for the run that nobody measures.</param>
    /// <param name="database">The database for the run that counts.</param>
    public static ProcessStartInfo StartAgain(string host, string path, Database warmUp, Database database) =>
        Start(AgainCommand, host, [path], (database, ""), (warmUp, WarmUpSuffix));

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string host, string path) => RunAsync(host, path, "");

    /// <summary>Runs twice, and prints what the second run took, in seconds.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAgainAsync(string host, string path)
    {
        var failed = await RunAsync(host, path, WarmUpSuffix);
        var startedAt = Stopwatch.GetTimestamp();
        failed += await RunAsync(host, path, "");
        Console.WriteLine(Stopwatch.GetElapsedTime(startedAt).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return failed;
    }

    private static ProcessStartInfo Start(string command, string host, IEnumerable<string> arguments, params IEnumerable<(Database? Database, string Suffix)> databases)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [command, host, .. arguments]);
        foreach (var (database, suffix) in databases)
        {
            start.Environment[UrlVariable + suffix] = database?.Url;
            start.Environment[ConnectionVariable + suffix] = database?.ConnectionString;
        }

        return start;
    }

    private static async Task<int> RunAsync(string host, string path, string suffix)
    {
        var url = UrlVariable + suffix;
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable + suffix) ?? "";
        return host switch
        {
            MigrationTasksHost.PostgreSql => await MigrationTasksHost.RunAsync("postgresql", path, url),
            MigrationTasksHost.PostgreSqlMemory => await MigrationTasksHost.RunAsync("postgresql", path, url) + PrintPeakMemory(),
            MigrationTasksHost.Sqlite => await MigrationTasksHost.RunAsync("sqlite", path, url),
            DbUpHost.PostgreSql => DbUpHost.RunPostgreSql(path, connection),
            DbUpHost.Sqlite => DbUpHost.RunSqlite(path, connection),
            DbUpHost.MySql => DbUpHost.RunMySql(path, connection),
            MigrationTasksHost.MySql => await MigrationTasksHost.RunAsync("mysql", path, url),
            EvolveHost.PostgreSql => EvolveHost.RunPostgreSql(path, connection),
            EvolveHost.MySql => EvolveHost.RunMySql(path, connection),
            FluentMigratorHost.Name => FluentMigratorHost.Run(path, connection),
            SplitHost.Speed => SplitHost.RunSpeed(path),
            SplitHost.Memory => SplitHost.RunMemory(path),
            PlanHost.Name => PlanHost.Run(path),
            _ => throw new ArgumentOutOfRangeException(nameof(host), host, "There is no such host."),
        };
    }

    /// <summary>Prints the most memory that this process ever had, in bytes.</summary>
    public static int PrintPeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
