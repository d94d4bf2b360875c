namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Tells where the parts of a text stand in its file. Asked from front to back, it reads the text once; each question that goes
/// back costs another reading.
/// </summary>
/// <param name="text">The text, with values in the place of placeholders.</param>
/// <param name="start">Where it starts in the file.</param>
/// <param name="substitutions">The placeholders that have their values in it.</param>
internal sealed class TextPlaces(string text, TextPosition start, Substitution[] substitutions)
{
    private int _index;
    private TextPosition? _last;

    /// <summary>The place in the file of one UTF-16 code unit of the text.</summary>
    public TextPosition Of(int index)
    {
        var (from, position) = _last is { } last && index >= _index ? (_index, last) : (0, start);
        position = position.Advance(text.AsSpan(from, index - from), substitutions);
        (_index, _last) = (index, position);
        return position;
    }

    /// <summary>A part of the text as the file has it, with placeholders instead of their values.</summary>
    public string Written(int index, int length) => Substitution.Restore(text.AsSpan(index, length), Of(index), substitutions);
}
