using System.Globalization;

namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>
/// A span of time as a header says it: <c>500ms</c>, <c>10s</c>, <c>2min</c>, or <c>none</c>. A number alone could mean
/// milliseconds to one reader and seconds to another, so only <c>0</c> needs no unit.
/// </summary>
internal static class HeaderDuration
{
    /// <summary>What one looks like, for messages.</summary>
    public const string Form = "a whole number with its unit (500ms, 10s or 2min), or none to wait without limit";

    // Databases take no more milliseconds than fit in an Int32.
    private const double MaximumMilliseconds = int.MaxValue;

    private static readonly (string Name, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    /// <param name="text">The text.</param>
    /// <param name="duration">The time; zero for <c>none</c>.</param>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0" || text.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (unit, length) = Array.Find(Units, unit => text.EndsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        if (unit is null
            || !int.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number * length.TotalMilliseconds > MaximumMilliseconds)
        {
            return false;
        }

        duration = number * length;
        return true;
    }
}
