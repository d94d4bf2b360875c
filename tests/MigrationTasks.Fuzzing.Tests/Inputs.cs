using System.Text;
using CsCheck;

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>Random inputs: fragments of a language strung together, and texts of the corpus bent here and there.</summary>
internal static class Inputs
{
    private const int MaximumLength = 5_000;

    // What parsers stumble over in any language: controls, line ends of all kinds, marks, halves of characters.
    private static readonly Gen<string> Oddities = Gen.OneOf(
        "\0", "\u0001", "\t", "\n", "\r", "\r\n", "\v", "\f", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u200b", "\u2028", "\u2029", "\u202e", "\ufeff", "\uffff",
        "é", "e\u0301", "ß", "İ", "９", "一", "😀", "\ud83d", "\ude00", " ", "%", "%0A", "%00", "\\", "'", "\"", "`", "$", "{", "}", "##vso[", "::error::");

    private enum Edit
    {
        Insert,
        Remove,
        Replace,
        Repeat,
        CutOff,
        Splice,
    }

    public static Gen<string> From(string[] fragments, string[] corpus)
    {
        var fragment = Gen.Frequency((8, Gen.OneOf(fragments)), (1, Oddities), (1, Gen.Char.Select(character => character.ToString())));
        var run = Gen.Select(fragment, Gen.Frequency((9, Gen.Const(1)), (1, Gen.Int[2, 40])), (text, count) => string.Concat(Enumerable.Repeat(text, count)));
        var strung = run.Array[0, 40].Select(string.Concat);
        if (corpus.Length == 0)
        {
            return strung;
        }

        var edit = Gen.Select(Gen.Enum<Edit>(), Gen.Int[0, MaximumLength], Gen.Int[0, 20], run);
        var bent = Gen.Select(Gen.OneOf(corpus), edit.Array[0, 6], (text, edits) => edits.Aggregate(text, Apply));
        return Gen.OneOf(strung, bent, Gen.Select(bent, strung, (before, after) => before + after));
    }

    private static string Apply(string text, (Edit Kind, int Place, int Length, string Fragment) edit)
    {
        var start = edit.Place % (text.Length + 1);
        var length = Math.Min(edit.Length, text.Length - start);
        var result = new StringBuilder(text);
        return (edit.Kind switch
        {
            Edit.Insert => result.Insert(start, edit.Fragment),
            Edit.Remove => result.Remove(start, length),
            Edit.Replace => result.Remove(start, length).Insert(start, edit.Fragment),
            Edit.Repeat => result.Insert(start, text.AsSpan(start, length)),
            Edit.CutOff => result.Remove(start, text.Length - start),
            _ => result.Remove(start, text.Length - start).Append(text, 0, length),
        }).ToString();
    }
}
