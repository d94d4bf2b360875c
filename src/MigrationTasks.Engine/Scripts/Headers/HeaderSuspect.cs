namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>A line at the top of a migration that looks like a header but is none.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Key">What stands before the colon, as written.</param>
/// <param name="Known">The key that is meant, as far as one can tell.</param>
public sealed record HeaderSuspect(int Line, string Key, string Known)
{
    private const int LongestKey = 24;
    private const int MostTypos = 2;

    /// <summary>Judges a comment that is no header.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="comment">The comment, without what marks it as one.</param>
    /// <returns><see langword="null"/> for an ordinary comment.</returns>
    internal static HeaderSuspect? Of(int line, ReadOnlySpan<char> comment)
    {
        var colon = comment.IndexOf(':');
        if (colon is <= 0 or > LongestKey || comment[(colon + 1)..].Trim().IsEmpty)
        {
            return null;
        }

        var key = comment[..colon].Trim().ToString();
        var value = comment[(colon + 1)..].Trim().ToString();
        var name = string.Concat(key.Where(character => character is not (' ' or '-' or '_'))).ToLowerInvariant();
        return MigrationHeader.Rows.FirstOrDefault(row => row.Others.Any(other => other.Makes(value) && other.Names.Any(known => IsTypo(name, known)))) is { } meant
            ? new HeaderSuspect(line, key, meant.Key)
            : null;
    }

    // Short words are near to too many others.
    private static bool IsTypo(string name, string known) =>
        name == known || (known.Length > 2 * MostTypos + 2 && name.StartsWith(known[0]) && Distance(name, known) <= MostTypos);

    // The number of letters to add, drop or change, by the textbook.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
