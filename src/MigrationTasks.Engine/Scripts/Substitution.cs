using System.Text;

namespace MigrationTasks.Engine.Scripts;

/// <summary>A placeholder of a file in whose place a script has the value.</summary>
/// <param name="Offset">Where in the file its <c>${</c> stands, in UTF-16 code units.</param>
/// <param name="Name">Its name as written there: ASCII.</param>
/// <param name="ValueLength">The length of the value, in UTF-16 code units.</param>
internal readonly record struct Substitution(long Offset, string Name, int ValueLength)
{
    /// <summary>How many characters it takes in the file.</summary>
    public int WrittenLength => Placeholders.LengthOf(Name);

    /// <summary>The first of some substitutions, in the order of the file, that does not stand before a place.</summary>
    public static int IndexFrom(ReadOnlySpan<Substitution> substitutions, long offset)
    {
        var (first, last) = (0, substitutions.Length);
        while (first < last)
        {
            var middle = (first + last) / 2;
            (first, last) = substitutions[middle].Offset < offset ? (middle + 1, last) : (first, middle);
        }

        return first;
    }

    /// <summary>Text as the file has it: a value may be a secret, and is nothing to show.</summary>
    /// <param name="text">The text with values in it.</param>
    /// <param name="position">Where in the file it starts.</param>
    /// <param name="substitutions">The substitutions in it; others may come before and after.</param>
    /// <param name="isContinued">Whether the placeholder is shown already in whose value it starts.</param>
    public static string Restore(ReadOnlySpan<char> text, TextPosition position, ReadOnlySpan<Substitution> substitutions, bool isContinued = false)
    {
        var written = new StringBuilder();
        foreach (var substitution in substitutions[IndexFrom(substitutions, position.Offset)..])
        {
            var before = substitution.Offset - position.Offset;
            if (before >= text.Length)
            {
                break;
            }

            written.Append(text[..(int)before]);
            if (!isContinued || position.ValueRead == 0)
            {
                written.Append(Placeholders.Opening).Append(substitution.Name).Append(Placeholders.Closing);
            }

            text = text[(int)before..];
            var value = text[..Math.Min(text.Length, substitution.ValueLength - position.ValueRead)];
            position = position.After(substitution);
            text = text[value.Length..];
        }

        return written.Append(text).ToString();
    }
}
