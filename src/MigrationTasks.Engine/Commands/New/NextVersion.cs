using System.Globalization;
using System.Numerics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.New;

/// <summary>
/// The version after the newest one of a folder, in the folder's own style: a number of the same width, or a time in UTC of the
/// same format. It is always the newest, whatever the clock says.
/// </summary>
internal static class NextVersion
{
    private const string First = "001";
    private const int UnixMillisecondDigits = 13;

    // What else looks like a time has too few digits to tell two migrations of one day apart: that is counted.
    private static readonly (string Format, TimeSpan Unit)[] Times =
    [
        ("yyyyMMddHHmm", TimeSpan.FromMinutes(1)),
        ("yyyyMMddHHmmss", TimeSpan.FromSeconds(1)),
        ("yyyyMMddHHmmssfff", TimeSpan.FromMilliseconds(1)),
    ];

    /// <param name="versions">The versions of the folder as they are written.</param>
    /// <param name="now">The time.</param>
    public static string After(IEnumerable<string> versions, DateTimeOffset now)
    {
        var newest = versions.MaxBy(version => MigrationVersion.TryParse(version, out var number) ? number : default);
        return newest is null ? First : AsTime(newest, now) ?? AsNumber(newest);
    }

    private static string? AsTime(string newest, DateTimeOffset now)
    {
        foreach (var (format, unit) in Times)
        {
            if (DateTime.TryParseExact(newest, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is >= 1970 and < 3000)
            {
                return Later(now.UtcDateTime, time + unit).ToString(format, CultureInfo.InvariantCulture);
            }
        }

        return newest.Length == UnixMillisecondDigits && newest[0] is ('1' or '2')
            ? Math.Max(now.ToUnixTimeMilliseconds(), long.Parse(newest, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static string AsNumber(string newest) =>
        (BigInteger.Parse(newest, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(newest.Length, '0');

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
