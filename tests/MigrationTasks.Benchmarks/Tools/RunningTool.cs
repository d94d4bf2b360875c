using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Hosts;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>
/// A .NET library inside a program that has used it before, as a test suite does, or an application with many databases: without
/// the start of a process.
/// </summary>
/// <param name="name">What it is called in the table.</param>
/// <param name="host">What this program is started as.</param>
internal sealed class RunningTool(string name, string host)
{
    public string Name { get; } = name;

    /// <summary>The command that applies what is pending twice, and measures the second time.</summary>
    /// <param name="folder">The folder that was written for the library.</param>
    /// <param name="warmUp">The database for the first time.</param>
    /// <param name="database">The database for the second.</param>
    public ProcessStartInfo Migrate(string folder, Database warmUp, Database database) => Host.StartAgain(host, folder, warmUp, database);

    /// <summary>Reads how long the second time took.</summary>
    /// <param name="output">What the command wrote.</param>
    public static TimeSpan ElapsedOf(string output) => TimeSpan.FromSeconds(double.Parse(output.Trim(), CultureInfo.InvariantCulture));
}
