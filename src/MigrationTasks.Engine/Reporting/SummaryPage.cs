using System.Globalization;
using System.Text;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Makes a summary fit the page that it is for.</summary>
internal static class SummaryPage
{
    /// <summary>What GitHub takes for a step, whoever wrote it: a byte more, and it drops the whole page. Azure gets no more either.</summary>
    public const int MaximumBytes = 1024 * 1024;

    // One long message must not take the place of all others.
    private const int MaximumLine = 4_000;

    // Of the line that says what was left out.
    private const int Reserve = 200;

    // As long as an entity can be; a part of one would be shown as it is.
    private const int EntityLength = 8;

    /// <summary>Leaves out what does not fit, and says so.</summary>
    /// <param name="markdown">The summary.</param>
    /// <param name="room">How many bytes there is room for.</param>
    /// <returns>What fits; nothing where not even a line does.</returns>
    public static string Fit(string markdown, long room)
    {
        var lines = markdown.Split('\n').Select(Shorten).ToList();
        if (lines.Sum(Size) - 1 <= room)
        {
            return string.Join('\n', lines);
        }

        var text = new StringBuilder();
        var left = room - Reserve;
        var fitting = lines.TakeWhile(line => (left -= Size(line)) >= 0).ToList();
        if (fitting.Count == 0)
        {
            return "";
        }

        text.AppendJoin('\n', fitting);
        text.Append(CultureInfo.InvariantCulture, $"\n\n… {lines.Count - fitting.Count} more lines did not fit on this page, which holds 1 MiB. The build log has all of them.\n\n");
        return text.ToString();
    }

    private static long Size(string line) => Encoding.UTF8.GetByteCount(line) + 1;

    private static string Shorten(string line)
    {
        if (line.Length <= MaximumLine)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[MaximumLine - 1]) ? MaximumLine - 1 : MaximumLine;
        var entity = line.LastIndexOf('&', end - 1, EntityLength);
        if (entity >= 0 && line.IndexOf(';', entity, end - entity) < 0)
        {
            end = entity;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{line.AsSpan(0, end)} … ({line.Length - end} more characters are in the build log)");
    }
}
