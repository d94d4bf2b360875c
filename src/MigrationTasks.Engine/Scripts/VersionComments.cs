namespace MigrationTasks.Engine.Scripts;

/// <summary>Comments that count as code, such as <c>/*!50100 … */</c> and <c>/*M!100100 … */</c>.</summary>
internal static class VersionComments
{
    // No server is ever that new: what dumps mark so is no code to any.
    private const string NeverCode = "999999";
    private const int ShortestVersion = 5;

    /// <summary>Whether one starts at a slash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The slash's place.</param>
    public static bool StartsAt(ReadOnlySpan<char> text, int index) =>
        VersionStart(text, index) is var version && version > 0 && !text[version..].StartsWith(NeverCode, StringComparison.Ordinal);

    /// <summary>Where the code of one starts: behind its version, which has five digits, or six, or is not there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The place of the comment's slash.</param>
    public static int CodeStart(ReadOnlySpan<char> text, int index)
    {
        var start = VersionStart(text, index);
        var end = start;
        while (end < text.Length && end - start <= ShortestVersion && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start < ShortestVersion ? start : end;
    }

    // Behind /*! or /*M!; 0 when it is neither.
    private static int VersionStart(ReadOnlySpan<char> text, int index) => text[index..] switch
    {
        ['/', '*', '!', ..] => index + 3,
        ['/', '*', 'M', '!', ..] => index + 4,
        _ => 0,
    };
}
