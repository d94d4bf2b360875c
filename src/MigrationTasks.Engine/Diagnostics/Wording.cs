using System.Globalization;

namespace MigrationTasks.Engine.Diagnostics;

/// <summary>How durations, times and counts are written, the same everywhere.</summary>
public static class Wording
{
    /// <summary>A duration with the precision that a reader needs: <c>12 ms</c>, <c>3.4 s</c>, <c>2 min 5 s</c>, <c>1 h 12 min</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string Of(TimeSpan duration) => duration switch
    {
        // The limits lie where rounding would reach the next unit: nobody wants to read "1000 ms" or "60.0 s".
        { TotalMilliseconds: < 0.5 } => "<1 ms",
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalSeconds: < 3599.5 } => Parts(duration.TotalSeconds, "min", "s"),
        _ => Parts(duration.TotalMinutes, "h", "min"),
    };

    /// <summary>A moment in UTC, without the zone: <c>2026-01-02 03:04:05</c>.</summary>
    /// <param name="moment">The moment.</param>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 migration</c>, <c>3 migrations</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The thing, in the singular.</param>
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Parts(double total, string unit, string part)
    {
        var (whole, rest) = Math.DivRem((long)Math.Round(total), 60);
        return rest == 0 ? $"{whole} {unit}" : $"{whole} {unit} {rest} {part}";
    }
}
