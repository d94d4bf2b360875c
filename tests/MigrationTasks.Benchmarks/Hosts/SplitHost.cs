using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Benchmarks.Hosts;

/// <summary>The splitter alone: reads a file from the disk's cache, decodes it and cuts it into statements.</summary>
internal static class SplitHost
{
    public const string Speed = "split-speed";
    public const string Memory = "split-memory";

    private const int Rounds = 7;

    /// <summary>Prints the speed of each round in bytes a second; the first one, which also compiles, is left out.</summary>
    public static int RunSpeed(string file)
    {
        var speeds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            Split(file);
            speeds.Add(new FileInfo(file).Length / Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }

        Console.WriteLine(string.Join(' ', speeds.Skip(1).Select(speed => speed.ToString("F0", CultureInfo.InvariantCulture))));
        return 0;
    }

    /// <summary>Prints the peak of its memory.</summary>
    public static int RunMemory(string file)
    {
        Split(file);
        Host.PrintPeakMemory();
        return 0;
    }

    private static void Split(string file)
    {
        using var text = ScriptFile.Open(file);
        foreach (var _ in PostgreSqlDialect.Instance.ReadStatements(text, file))
        {
        }
    }
}
