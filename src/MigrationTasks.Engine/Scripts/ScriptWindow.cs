using System.Buffers;
using System.Runtime.InteropServices;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The part of a script that is being looked at. It doubles until what has to be seen at once fits, so that the work stays
/// proportional to the script's length.
/// </summary>
/// <param name="text">The script.</param>
/// <param name="substitutions">The placeholders that have their values in it; the text adds each as it is read.</param>
/// <param name="size">How many characters the window holds at first.</param>
internal sealed class ScriptWindow(TextReader text, List<Substitution> substitutions, int size) : IDisposable
{
    // Shared, and perhaps longer than asked for: only so many characters of it are the window.
    private char[] _characters = ArrayPool<char>.Shared.Rent(size);
    private int _size = size;
    private int _start;
    private int _end;

    /// <summary>What is read and not taken yet.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(_start.._end);

    /// <summary>Where in the file <see cref="Text"/> starts.</summary>
    public TextPosition Position { get; private set; } = TextPosition.Start;

    /// <summary>Whether the script ends where <see cref="Text"/> ends.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Whether the reading has ended, at the end of the script or before.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>The substitutions in <see cref="Text"/>, in the order of the file; there may be some before it.</summary>
    public ReadOnlySpan<Substitution> Substitutions => CollectionsMarshal.AsSpan(substitutions);

    /// <summary>Reads more.</summary>
    public void Fill()
    {
        var rest = Text;

        // Below half of the window free, refills would be small and many, each with a scan of the rest from its start.
        if (rest.Length > _size / 2)
        {
            Grow(rest);
        }
        else
        {
            rest.CopyTo(_characters);
        }

        (_start, _end) = (0, rest.Length);
        substitutions.RemoveRange(0, Substitution.IndexFrom(Substitutions, Position.Offset));
        _end += text.ReadBlock(_characters, _end, _size - _end);
        IsFinal = _end < _size;
    }

    /// <summary>Takes from the start of <see cref="Text"/>.</summary>
    /// <param name="length">How many characters.</param>
    /// <returns>The characters; they are there until the next <see cref="Fill"/>.</returns>
    public ReadOnlyMemory<char> Take(int length)
    {
        var taken = _characters.AsMemory(_start, length);
        Take(length, PositionOf(length));
        return taken;
    }

    /// <summary>Takes from the start of <see cref="Text"/>, by somebody who knows where that leads.</summary>
    /// <param name="length">How many characters.</param>
    /// <param name="position">The place behind them in the file.</param>
    public void Take(int length, TextPosition position)
    {
        _start += length;
        Position = position;
    }

    /// <summary>Where in the file a character of <see cref="Text"/> stands.</summary>
    /// <param name="index">The character, counted from 0.</param>
    public TextPosition PositionOf(int index) => Position.Advance(Text[..index], Substitutions);

    /// <summary>The substitutions between a place before <see cref="Text"/> and its start, in which the next statement may begin.</summary>
    /// <param name="start">The place.</param>
    public Substitution[] SubstitutionsFrom(TextPosition start)
    {
        var end = Substitution.IndexFrom(Substitutions, Position.ValueRead > 0 ? Position.Offset + 1 : Position.Offset);
        return Substitutions[Substitution.IndexFrom(Substitutions, start.Offset)..end].ToArray();
    }

    /// <summary>Gives the characters back: nothing here may be looked at any more.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        ArrayPool<char>.Shared.Return(_characters);
    }

    private void Grow(ReadOnlySpan<char> rest)
    {
        _size *= 2;
        var characters = ArrayPool<char>.Shared.Rent(_size);
        rest.CopyTo(characters);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = characters;
    }
}
