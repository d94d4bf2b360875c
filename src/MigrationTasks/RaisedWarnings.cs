using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using MigrationTasks.Engine.Configuration;

namespace MigrationTasks;

/// <summary>
/// Which warnings the build raises to errors. The build engine knows that of codes that are named; of <c>-warnaserror</c>
/// without a code it tells nothing to a task in a process of its own, so that it is read from the command line.
/// </summary>
internal static partial class RaisedWarnings
{
    /// <summary>Whether the build raises the warning of a code.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="values">What the build is set to.</param>
    public static Func<string, bool> Of(IBuildEngine engine, OptionValues values)
    {
        var silenced = Silenced(values);
        var kept = OptionValues.Codes(values.Text("MSBuildWarningsNotAsErrors"));
        var switches = new Lazy<IReadOnlyList<(string Name, string Codes)>>(() => [.. CommandLines(values.Text("BuildCommandLine")).SelectMany(SwitchesOf)]);
        return code => !silenced.Contains(code)
            && ((engine is IBuildEngine8 build && build.ShouldTreatWarningAsError(code)) || (!kept.Contains(code) && RaisesAll(switches.Value, code)));
    }

    /// <summary>The codes of the warnings that the project silences.</summary>
    /// <param name="values">What the build is set to.</param>
    public static HashSet<string> Silenced(OptionValues values) => OptionValues.Codes(values.Text("MSBuildWarningsAsMessages"));

    private static bool RaisesAll(IReadOnlyList<(string Name, string Codes)> switches, string code) =>
        switches.Any(one => one.Codes.Length == 0 && IsOneOf(one.Name, "warnaserror", "err"))
        && !switches.Any(one => IsOneOf(one.Name, "warnnotaserror", "noerr", "warnasmessage", "nowarn") && OptionValues.Codes(one.Codes).Contains(code));

    private static bool IsOneOf(string name, params ReadOnlySpan<string> names)
    {
        foreach (var one in names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(string Name, string Codes)> SwitchesOf(string commandLine) =>
        Switch().Matches(commandLine).Select(match => (match.Groups["name"].Value, match.Groups["codes"].Value));

    // A project of several may be built by a process that the one with the command line has started.
    private static IEnumerable<string> CommandLines(string? own) => ProcessTree.Ancestry().Select(process => process.CommandLine).Prepend(own ?? "");

    [GeneratedRegex("""(?<=^|[\s"'])(?:--?|/)(?<name>warnaserror|err|warnnotaserror|noerr|warnasmessage|nowarn)(?::(?<codes>[^\s"']*))?(?=$|[\s"'])""", RegexOptions.IgnoreCase)]
    private static partial Regex Switch();
}
