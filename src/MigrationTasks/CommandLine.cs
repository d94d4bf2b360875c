using Microsoft.Build.Framework;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Help;

namespace MigrationTasks;

/// <summary>The properties that the command line sets.</summary>
internal static class CommandLine
{
    private const string Prefix = "Migrat";
    private const string FullPrefix = "Migrate";

    private static readonly IReadOnlyList<string> Limits = ["MigrateTargetVersion", "MigrateSteps", "MigrateReportFile"];

    /// <summary>The properties that are set for the whole build, which the command line does; none when the build cannot tell.</summary>
    /// <param name="engine">The build.</param>
    public static IReadOnlyDictionary<string, string> Properties(IBuildEngine engine) =>
        engine is IBuildEngine6 build ? build.GetGlobalProperties() : new Dictionary<string, string>();

    /// <summary>
    /// Finds names that are no property's but very much like one's. MSBuild takes any name: a run with a misspelt
    /// <c>MigrateTargetVersion</c> would apply everything.
    /// </summary>
    /// <param name="engine">The build.</param>
    /// <param name="projectFile">The project, whose own files and packages may use a name without our prefix.</param>
    /// <param name="extensionsFolder">The folder of the files that restoring it has generated; <see langword="null"/> or nothing for <c>obj</c>.</param>
    /// <param name="variables">The variables that may hold a connection.</param>
    /// <exception cref="MigrationException">MIG1027 or MIG1042 for each of them; MIG1054 when a connection is given as a property.</exception>
    public static void Check(IBuildEngine engine, string projectFile, string? extensionsFolder, IEnumerable<string> variables)
    {
        // As a rule there is none, and nothing needs to be read to know that.
        var names = Properties(engine).Keys.ToList();
        if (names.Count == 0)
        {
            return;
        }

        var uses = new Lazy<PropertyUses>(() => PropertyUses.Of(projectFile, extensionsFolder));
        if (names.Intersect(variables, StringComparer.OrdinalIgnoreCase).FirstOrDefault(name => !uses.Value.Contains(name)) is { } variable)
        {
            // What else seems to be set may be the rest of the connection, which MSBuild takes apart at its semicolons.
            throw Errors.ConnectionAsProperty(variable);
        }

        var known = PackageFiles.PropertyNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var problems = names
            .Where(name => !known.Contains(name))
            .Select(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                ? Spelling.Nearest(name, known) is { } nearest ? Errors.MisspeltProperty(name, nearest) : null
                : Unprefixed(name, known) is { } meant && !uses.Value.Contains(name) ? Errors.UnprefixedProperty(name, meant) : null)
            .OfType<Diagnostic>()
            .ToList();
        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }

    /// <summary>Finds properties that say how far to go or where the result goes, and that a command does not use.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="target">The command's target.</param>
    /// <returns>MIG1043 for each of them.</returns>
    public static IEnumerable<Diagnostic> Unused(IBuildEngine engine, string target) => Properties(engine)
        .Where(property => property.Value.Length > 0 && Limits.Contains(property.Key, StringComparer.OrdinalIgnoreCase) && !PackageFiles.TargetsOf(property.Key).Contains(target))
        .Select(property => Errors.UnusedProperty(property.Key, PackageFiles.TargetsOf(property.Key)));

    // Of a short name, nearly every other is a slip. Name is that of MigrateNew, and may be anybody's.
    private static string? Unprefixed(string name, IEnumerable<string> known) => known
        .Select(property => (Property: property, Short: property[FullPrefix.Length..]))
        .Where(one => one.Short != "Name" && (one.Short.Equals(name, StringComparison.OrdinalIgnoreCase) || (one.Short.Length > 4 && IsOneSlip(name.ToUpperInvariant(), one.Short.ToUpperInvariant()))))
        .Select(one => one.Property)
        .FirstOrDefault();

    // A letter more, less, another one, or two that are swapped.
    private static bool IsOneSlip(string name, string meant)
    {
        var start = name.AsSpan().CommonPrefixLength(meant);
        var (left, right) = (name[start..], meant[start..]);
        while (left.Length > 0 && right.Length > 0 && left[^1] == right[^1])
        {
            (left, right) = (left[..^1], right[..^1]);
        }

        return (left.Length <= 1 && right.Length <= 1) || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }
}
