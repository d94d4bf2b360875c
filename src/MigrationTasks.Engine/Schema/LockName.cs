using System.Globalization;
using System.Text;

namespace MigrationTasks.Engine.Schema;

/// <summary>How a name stands in a lock file: as it is, but for what would break the line, what an editor would take away, and colons where one ends the name.</summary>
internal static class LockName
{
    /// <summary>A name to which the rest of the line belongs.</summary>
    public static string Write(string name) => Write(name, '\\');

    /// <summary>A name behind which a colon may follow.</summary>
    public static string WriteFact(string name) => Write(name, ':');

    /// <summary>Reads what <see cref="Write(string)"/> has written, or a name up to the first colon that no backslash stands before.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">What the name ends at; <see langword="null"/> where it is the whole text.</param>
    /// <param name="length">How much of the text it is.</param>
    /// <returns>The name; <see langword="null"/> when it cannot be understood.</returns>
    public static string? Read(ReadOnlySpan<char> text, char? end, out int length)
    {
        var name = new StringBuilder(text.Length);
        for (length = 0; length < text.Length && text[length] != end; length++)
        {
            if (text[length] != '\\')
            {
                name.Append(text[length]);
                continue;
            }

            switch (text[(length + 1)..])
            {
                case ['\\' or ':', ..]:
                    name.Append(text[++length]);
                    break;
                case ['u', _, _, _, _, ..] when ushort.TryParse(text.Slice(length + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    name.Append((char)code);
                    length += 5;
                    break;
                default:
                    return null;
            }
        }

        return name.ToString();
    }

    private static string Write(string name, char end)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var character = name[i];
            var isAtEdge = i == 0 || i == name.Length - 1;
            text.Append(character == '\\' || character == end ? $"\\{character}"
                : char.IsControl(character) || (isAtEdge && char.IsWhiteSpace(character)) ? $"\\u{(int)character:x4}"
                : $"{character}");
        }

        return text.ToString();
    }
}
