using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The rows that follow a <c>COPY … FROM STDIN</c> in a script, from the line after it to a line with nothing but <c>\.</c>.
/// They are not held, so that memory stays flat however many there are: whoever wants them reads them before the next
/// statement.
/// </summary>
public sealed class CopyRows
{
    private const string End = @"\.";
    private const string EndOnNewLine = "\n" + End;

    private readonly ScriptWindow _window;
    private readonly SourceLocation _statement;
    private Stage _stage;

    internal CopyRows(ScriptWindow window, CopyFormat format, SourceLocation statement)
    {
        _window = window;
        _statement = statement;
        Format = format;
    }

    private enum Stage
    {
        Before,
        LineStart,
        InLine,
        Ended,
        Gone,
    }

    /// <summary>How the rows are written.</summary>
    public CopyFormat Format { get; }

    /// <summary>Reads on.</summary>
    /// <returns>Some of the rows as they are written, not always up to the end of one; nothing when there are no more. They are there until the next read.</returns>
    /// <exception cref="InvalidOperationException">The next statement is read already, or no more will be.</exception>
    /// <exception cref="MigrationException">
    /// MIG2003 (not UTF-8) or MIG2005 (NUL character), at its place; MIG2020 (no <c>\.</c>) or MIG2022 (something else on the
    /// statement's line), at the statement.
    /// </exception>
    public ReadOnlyMemory<char> Read()
    {
        if (_stage == Stage.Gone || _window.IsDisposed)
        {
            throw new InvalidOperationException("The script is read further already, and these rows are gone.");
        }

        if (_stage == Stage.Before)
        {
            SkipLineEnd();
        }

        while (_stage != Stage.Ended)
        {
            var (rows, mark) = FindEnd(_window.Text, _stage == Stage.LineStart, _window.IsFinal);
            var read = Take(rows);
            if (mark > 0)
            {
                // What is left of the rows comes out now, and nothing the next time.
                _window.Take(mark);
                _stage = Stage.Ended;
            }

            if (!read.IsEmpty)
            {
                return read;
            }

            if (_stage != Stage.Ended)
            {
                ReadMore();
            }
        }

        return default;
    }

    /// <summary>Finds a line of the rows in the file, and reads up to there.</summary>
    /// <param name="line">The line as PostgreSQL counts (<c>COPY t, line 3</c>), from 1.</param>
    /// <returns>Where it starts; <see langword="null"/> when there are fewer.</returns>
    /// <exception cref="MigrationException">As <see cref="Read"/>.</exception>
    public SourceLocation? LocationOfLine(int line)
    {
        var counter = new CopyLineCounter(Format);
        for (var start = StartPosition(); ; start = _window.Position)
        {
            var rows = Read().Span;
            if (rows.IsEmpty)
            {
                return null;
            }

            if (counter.IndexOf(line, rows) is { } index)
            {
                var position = start.Advance(rows[..index], _window.Substitutions);
                return _statement with { Line = position.Line, Column = position.Column };
            }
        }
    }

    /// <summary>Takes the rows as the file has them into a checksum, and reads to the end.</summary>
    /// <exception cref="MigrationException">As <see cref="Read"/>.</exception>
    internal void AppendTo(TokenChecksum checksum)
    {
        for (var start = StartPosition(); Read() is { IsEmpty: false } rows; start = _window.Position)
        {
            var values = _window.Substitutions;
            checksum.Append(values.IsEmpty ? rows.Span : Substitution.Restore(rows.Span, start, values, isContinued: true));
        }

        checksum.EndToken();
    }

    /// <summary>Steps over what is not read, because the next statement comes.</summary>
    internal void Skip()
    {
        while (!Read().IsEmpty)
        {
        }

        _stage = Stage.Gone;
    }

    private TextPosition StartPosition()
    {
        if (_stage == Stage.Before)
        {
            SkipLineEnd();
        }

        return _window.Position;
    }

    private ReadOnlyMemory<char> Take(int length)
    {
        if (length == 0)
        {
            return default;
        }

        var rows = _window.Text[..length];
        var nul = rows.IndexOf('\0');
        if (nul >= 0)
        {
            var position = _window.PositionOf(nul);
            throw Errors.NulCharacter(_statement with { Line = position.Line, Column = position.Column });
        }

        _stage = rows[^1] == '\n' ? Stage.LineStart : Stage.InLine;
        return _window.Take(length);
    }

    private void ReadMore()
    {
        if (_window.IsFinal)
        {
            throw Errors.CopyUnended(_statement);
        }

        _window.Fill();
    }

    // As psql does, but it would run what else stands on the line after the rows.
    private void SkipLineEnd()
    {
        int lineEnd;
        while ((lineEnd = _window.Text.IndexOf('\n')) < 0)
        {
            ReadMore();
        }

        var rest = _window.Text[..lineEnd].Trim();
        if (!rest.IsEmpty && !rest.StartsWith("--", StringComparison.Ordinal))
        {
            var position = _window.PositionOf(_window.Text.IndexOf(rest[0]));
            throw Errors.CopyLine(_statement with { Line = position.Line, Column = position.Column });
        }

        _window.Take(lineEnd + 1);
        _stage = Stage.LineStart;
    }

    // How much of the text is rows for certain, and how long the mark is that ends them there, if it does.
    private static (int Rows, int Mark) FindEnd(ReadOnlySpan<char> text, bool atLineStart, bool isFinal)
    {
        var start = atLineStart ? 0 : text.IndexOf('\n') + 1;
        if (start == 0 && !atLineStart)
        {
            return (text.Length, 0);
        }

        while (true)
        {
            var line = text[start..];
            if (line.StartsWith(End, StringComparison.Ordinal))
            {
                switch (line[End.Length..])
                {
                    case ['\n', ..]:
                        return (start, End.Length + 1);
                    case ['\r', '\n', ..]:
                        return (start, End.Length + 2);
                    case [] or ['\r'] when isFinal:
                        return (start, line.Length);
                    case [] or ['\r']:
                        return (start, 0);
                }
            }

            var next = line.IndexOf(EndOnNewLine);
            if (next < 0)
            {
                var lastLine = line.LastIndexOf('\n') + 1;
                return (line[lastLine..] is "\\" && !isFinal ? start + lastLine : text.Length, 0);
            }

            start += next + 1;
        }
    }
}
