using System.Globalization;

namespace MigrationTasks.Engine.History;

/// <summary>Reads times as tables hold them. Many tools keep them as text, as a number, or without a zone; without one they are taken as UTC.</summary>
internal static class StoredTime
{
    // No tool is older than this, and no count of seconds is as large.
    private static readonly long EarliestMilliseconds = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <param name="value">A time, a text, or milliseconds since 1970.</param>
    /// <returns><see langword="null"/> when it is no time.</returns>
    public static DateTimeOffset? Read(object? value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime(),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        long number when number >= EarliestMilliseconds && number < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() => DateTimeOffset.FromUnixTimeMilliseconds(number),
        // JavaScript has no other numbers.
        double number when double.IsInteger(number) && Math.Abs(number) < long.MaxValue => Read((long)number),
        _ => null,
    };
}
