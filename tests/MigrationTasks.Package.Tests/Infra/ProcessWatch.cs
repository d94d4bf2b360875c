using System.Diagnostics;
using System.Globalization;

namespace MigrationTasks.Package.Tests.Infra;

/// <summary>Looks at the processes of a build while it runs, as anybody on the same machine may: at their arguments, and what they inherited.</summary>
internal sealed class ProcessWatch(string variable, string value)
{
    private readonly HashSet<string> _arguments = [];
    private readonly HashSet<string> _environments = [];

    /// <summary>The arguments of each process that was seen.</summary>
    public IReadOnlyCollection<string> Arguments => _arguments;

    /// <summary>The variables of each process that was seen.</summary>
    public IReadOnlyCollection<string> Environments => _environments;

    /// <summary>Looks until the build is over.</summary>
    public void Until(Process build)
    {
        do
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
            {
                // A process inherits its variables, so that those of this build can be told from what runs beside it.
                var environment = Read(folder, "environ");
                if (environment.Contains($"{variable}={value}\0", StringComparison.Ordinal))
                {
                    _environments.Add(environment);
                    _arguments.Add(Read(folder, "cmdline").Replace('\0', ' '));
                }
            }
        }
        while (!build.WaitForExit(TimeSpan.FromMilliseconds(20)));
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
