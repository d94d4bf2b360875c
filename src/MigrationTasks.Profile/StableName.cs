using System.Text.RegularExpressions;

namespace MigrationTasks.Profile;

/// <summary>
/// Names without the numbers that the C# compiler counts with: those of what it makes of asynchronous methods and lambdas change
/// with every method that is added above.
/// </summary>
public static partial class StableName
{
    /// <summary>The name of a type or a method.</summary>
    public static string Of(string name) => name.Contains('<', StringComparison.Ordinal) ? Counter().Replace(name, "$1") : name;

    [GeneratedRegex(@"(>[a-z]__|\||DisplayClass)[0-9]+(_[0-9]+)?")]
    private static partial Regex Counter();
}
