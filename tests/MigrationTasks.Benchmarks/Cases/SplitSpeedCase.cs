using System.Globalization;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>How fast long scripts are cut into statements.</summary>
internal sealed class SplitSpeedCase() : Case("split")
{
    public override async Task RunAsync(Workbench bench)
    {
        await MeasureAsync(bench, "statements of 100 characters", SampleScript.WriteStatements);
        await MeasureAsync(bench, "like a dump", SampleScript.WriteDump);
    }

    private static async Task MeasureAsync(Workbench bench, string content, Action<string, long> write)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "script.sql");
        write(file, bench.Scale.LongScript);
        var (_, output) = await ToolProcess.RunAsync(Host.Start(SplitHost.Speed, [file]));
        var speeds = output.Split(' ').Select(speed => double.Parse(speed, CultureInfo.InvariantCulture) / 1e6).ToList();
        bench.Report.Add(new Figure(
            string.Create(CultureInfo.InvariantCulture, $"split {bench.Scale.LongScript / 1e6:F0} MB, {content}"),
            string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(speeds):F0} MB/s"),
            string.Create(CultureInfo.InvariantCulture, $"{speeds.Min():F0}–{speeds.Max():F0} MB/s")));
    }
}
