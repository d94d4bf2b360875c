using System.Globalization;
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
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            // Between any two: of three, a replacement of pairs would leave the last two together.
            safe.Append(rune.Value == '#' && safe.Length > 0 && safe[^1] == '#' ? " " : "");
            safe.Append(IsPrintable(rune) ? characters[..rune.EncodeToUtf16(characters)] : " ");
        }

        var line = safe.ToString().Trim();
        return line.StartsWith("::", StringComparison.Ordinal) ? $": {line}" : line;
    }

    /// <summary>Does the same to each line of a text, which keeps its lines and how far they are indented.</summary>
    /// <param name="text">Any text.</param>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.Split('\n').Select(line => $"{line[..^line.TrimStart(' ').Length]}{Of(line)}"));
    }

    private static bool IsPrintable(Rune character) => Rune.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
