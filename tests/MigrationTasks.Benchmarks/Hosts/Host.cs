using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Tools;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>
/// This program in its second role: as one run of a .NET library, in a process of its own. It does its work and ends; what it
/// has to say, if anything, is its last line.
/// </summary>
internal static class Host
{
    /// <summary>The first argument of a host.</summary>
    public const string Command = "host";

    private const string UrlVariable = "BENCHMARK_URL";
    private const string ConnectionVariable = "BENCHMARK_CONNECTION";

    public static ProcessStartInfo Start(string host, IEnumerable<string> arguments, Database? database = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Command, host, .. arguments]);
        start.Environment[UrlVariable] = database?.Url;
        start.Environment[ConnectionVariable] = database?.ConnectionString;
        return start;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string host, string path)
    {
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable) ?? "";
        return host switch
        {
            MigrationTasksHost.PostgreSql => await MigrationTasksHost.RunAsync("postgresql", path, UrlVariable),
            MigrationTasksHost.PostgreSqlMemory => await MigrationTasksHost.RunAsync("postgresql", path, UrlVariable) + PrintPeakMemory(),
            MigrationTasksHost.Sqlite => await MigrationTasksHost.RunAsync("sqlite", path, UrlVariable),
            DbUpHost.PostgreSql => DbUpHost.RunPostgreSql(path, connection),
            DbUpHost.Sqlite => DbUpHost.RunSqlite(path, connection),
            MigrationTasksHost.MySql => await MigrationTasksHost.RunAsync("mysql", path, UrlVariable),
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
