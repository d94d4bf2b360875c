using System.Buffers;

namespace MigrationTasks.Engine.Scripts;

/// <summary>White space, comments and semicolons around the code of a statement.</summary>
/// <param name="Text">The text.</param>
/// <param name="Position">Where it starts in the file.</param>
/// <param name="Substitutions">The placeholders that have their values in it.</param>
internal sealed record ScriptTrivia(string Text, TextPosition Position, Substitution[] Substitutions)
{
    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\r\n\v\f;");

    /// <summary>Where its parts stand in the file.</summary>
    public TextPlaces Places => new(Text, Position, Substitutions);

    /// <summary>What most statements have around them: nothing that is kept.</summary>
    public static readonly ScriptTrivia None = new("", TextPosition.Start, []);

    /// <summary>Whether there is a comment in a text, which is what it would be kept for.</summary>
    /// <param name="text">The text.</param>
    public static bool IsComment(ReadOnlySpan<char> text) => text.ContainsAnyExcept(Blank);

    /// <summary>Keeps a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where it starts in the file.</param>
    /// <param name="substitutions">The substitutions in it, in the order of the file; others may come before and after.</param>
    public static ScriptTrivia Of(ReadOnlySpan<char> text, TextPosition position, ReadOnlySpan<Substitution> substitutions) =>
        new(text.ToString(), position, substitutions[Substitution.IndexFrom(substitutions, position.Offset)..].ToArray());
}
