using Microsoft.Build.Framework;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Help;

namespace MigrationTasks;

/// <summary>The properties that the command line sets.</summary>
internal static class CommandLine
{
    private const string Prefix = "Migrat";

    /// <summary>The properties that are set for the whole build, which the command line does; none when the build cannot tell.</summary>
    /// <param name="engine">The build.</param>
    public static IReadOnlyDictionary<string, string> Properties(IBuildEngine engine) =>
        engine is IBuildEngine6 build ? build.GetGlobalProperties() : new Dictionary<string, string>();

    /// <summary>
    /// Finds names that are no property's but very much like one's. MSBuild takes any name: a run with a misspelt
    /// <c>MigrateTargetVersion</c> would apply everything.
    /// </summary>
    /// <param name="engine">The build.</param>
    /// <exception cref="MigrationException">MIG1027 for each of them.</exception>
    public static void Check(IBuildEngine engine)
    {
        // As a rule there is none, and nothing needs to be read to know that.
        var names = Properties(engine).Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (names.Count == 0)
        {
            return;
        }

        var known = PackageFiles.PropertyNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var problems = names
            .Where(name => !known.Contains(name))
            .Select(name => Spelling.Nearest(name, known) is { } nearest ? Errors.MisspeltProperty(name, nearest) : null)
            .OfType<Diagnostic>()
            .ToList();
        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }
}
