using System.Buffers;

namespace MigrationTasks.Engine.Scripts;

/// <summary>White space, comments and semicolons around the code of a statement.</summary>
/// <param name="Text">The text; empty when there is no comment in it, which is what it is kept for.</param>
/// <param name="Position">Where it starts in the file.</param>
/// <param name="Substitutions">The placeholders that have their values in it.</param>
internal readonly record struct ScriptTrivia(string Text, TextPosition Position, Substitution[] Substitutions)
{
    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\r\n\v\f;");

    /// <summary>Where its parts stand in the file.</summary>
    public TextPlaces Places => new(Text, Position, Substitutions);

    /// <summary>Keeps the text if it has a comment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Where it starts in the file.</param>
    /// <param name="substitutions">The substitutions in it, in the order of the file; others may come before and after.</param>
    public static ScriptTrivia Of(ReadOnlySpan<char> text, TextPosition position, ReadOnlySpan<Substitution> substitutions) => text.ContainsAnyExcept(Blank)
        ? new ScriptTrivia(text.ToString(), position, substitutions[Substitution.IndexFrom(substitutions, position.Offset)..].ToArray())
        : new ScriptTrivia("", position, []);
}
