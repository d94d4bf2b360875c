namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Reads a script with values in the place of placeholders, bit by bit, and writes down where it did so: a place in what it
/// gives can then be told as a place in the file.
/// </summary>
/// <param name="text">The script; disposed with the reader.</param>
/// <param name="placeholders">The values.</param>
/// <param name="substitutions">Is given every substitution, in the order of the file, by the time its value is read.</param>
internal sealed class SubstitutingReader(TextReader text, Placeholders placeholders, List<Substitution> substitutions) : TextReader
{
    private const int BufferSize = 16 * 1024;
    private const string Comment = "--";

    private readonly char[] _buffer = new char[Math.Max(BufferSize, 2 * placeholders.LongestWritten)];
    private string _lineStart = "";
    private int _next;
    private int _end;
    private int _plain;
    private bool _isFinalBlock;
    private long _offset;
    private string _value = "";
    private int _valueNext;

    /// <inheritdoc/>
    public override int Read()
    {
        var character = '\0';
        return Read(new Span<char>(ref character)) == 0 ? -1 : character;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        var rest = buffer;
        while (!rest.IsEmpty && (_valueNext < _value.Length || _plain > 0 || FindNext()))
        {
            var count = _valueNext < _value.Length ? ReadValue(rest) : ReadPlain(rest);
            rest = rest[count..];
        }

        return buffer.Length - rest.Length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadValue(Span<char> buffer)
    {
        var count = Math.Min(buffer.Length, _value.Length - _valueNext);
        _value.AsSpan(_valueNext, count).CopyTo(buffer);
        _valueNext += count;
        return count;
    }

    private int ReadPlain(Span<char> buffer)
    {
        var count = Math.Min(buffer.Length, _plain);
        _buffer.AsSpan(_next, count).CopyTo(buffer);
        _plain -= count;
        Skip(count);
        return count;
    }

    // Moves to a value, which may be empty, or to text that stays as it is; false at the end.
    private bool FindNext()
    {
        var rest = Fill(Placeholders.Opening.Length);
        if (rest.IsEmpty)
        {
            return false;
        }

        var opening = rest.IndexOf(Placeholders.Opening);
        if (opening == 0 && TryStartValue())
        {
            return true;
        }

        _plain = opening switch
        {
            0 => Placeholders.Opening.Length,
            > 0 => opening,
            // The next block may go on with the brace.
            _ when rest[^1] == Placeholders.Opening[0] && !_isFinalBlock => rest.Length - 1,
            _ => rest.Length,
        };
        return true;
    }

    private bool TryStartValue()
    {
        if (!placeholders.TryRead(Fill(placeholders.LongestWritten), out var name, out var value))
        {
            return false;
        }

        // The lines after its first would no longer be a comment: of a header's rollback, they would run.
        if (placeholders.HasLineBreaks && Placeholders.IsMultiline(value) && _lineStart == Comment)
        {
            return false;
        }

        var substitution = new Substitution(_offset, name.ToString(), value.Length);
        substitutions.Add(substitution);
        Skip(substitution.WrittenLength);
        (_value, _valueNext) = (value, 0);
        return true;
    }

    private void Skip(int count)
    {
        _lineStart = placeholders.HasLineBreaks ? LineStartAfter(_buffer.AsSpan(_next, count)) : "";
        _next += count;
        _offset += count;
    }

    // What is not read yet: at least so many characters, unless the script ends before.
    private ReadOnlySpan<char> Fill(int atLeast)
    {
        if (_end - _next < atLeast && !_isFinalBlock)
        {
            _buffer.AsSpan(_next.._end).CopyTo(_buffer);
            (_next, _end) = (0, _end - _next);
            var free = _buffer.Length - _end;
            var count = text.ReadBlock(_buffer, _end, free);
            _end += count;
            _isFinalBlock = count < free;
        }

        return _buffer.AsSpan(_next.._end);
    }

    // The first visible characters of the line that is read, once some text is stepped over: as many as a comment's mark has.
    private string LineStartAfter(ReadOnlySpan<char> text)
    {
        var lineBreak = text.LastIndexOfAny('\n', '\r');
        var start = lineBreak < 0 ? _lineStart : "";
        var line = text[(lineBreak + 1)..];
        var visible = start.Length == 0 ? line.TrimStart() : line;
        return start.Length == Comment.Length ? start : $"{start}{visible[..Math.Min(visible.Length, Comment.Length - start.Length)]}";
    }
}
