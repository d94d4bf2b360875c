using System.Text;

namespace MigrationTasks.Engine.Diagnostics;

/// <summary>
/// Makes text that came from outside (a server's message, a file's name) safe to print: a build log, a terminal and a
/// pipeline agent all interpret some of what they are given.
/// </summary>
public static class PlainText
{
    /// <summary>
    /// Returns the text on one line, without control characters or escape sequences, and without anything that Azure
    /// Pipelines (<c>##vso[</c>, <c>##[</c> anywhere) or GitHub Actions (<c>::name::</c> at the start) would take for a
    /// command.
    /// </summary>
    /// <param name="text">Any text; <see langword="null"/> gives the empty text.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            // Between any two: of three, a replacement of pairs would leave the last two together.
            safe.Append(character == '#' && safe.Length > 0 && safe[^1] == '#' ? " " : "");
            safe.Append(IsPrintable(character) ? character : ' ');
        }

        var line = safe.ToString().Trim();
        return line.StartsWith("::", StringComparison.Ordinal) ? $": {line}" : line;
    }

    private static bool IsPrintable(char character) => char.GetUnicodeCategory(character) is not
        (System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
