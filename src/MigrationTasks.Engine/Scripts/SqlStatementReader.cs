using System.Buffers;
using System.Runtime.InteropServices;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Splits a script that comes in bit by bit. It holds the statement that it is at, in a window that doubles until the
/// statement fits, so that the work stays proportional to the script's length.
/// </summary>
/// <param name="dialect">What the script is written in.</param>
/// <param name="text">The script.</param>
/// <param name="file">The file's path, for error messages only.</param>
/// <param name="substitutions">The placeholders that have their values in it; the text adds each as it is read.</param>
/// <param name="windowSize">How many characters the window holds at first.</param>
internal sealed class SqlStatementReader(SqlDialect dialect, TextReader text, string? file, List<Substitution> substitutions, int windowSize = 64 * 1024)
{
    private readonly BlockTracker _blocks = dialect.CreateBlockTracker();

    // Shared, and perhaps longer than asked for: only so many characters of it are the window.
    private char[] _window = [];
    private int _size = windowSize;
    private int _start;
    private int _end;
    private bool _isFinalBlock;
    private TextPosition _position = TextPosition.Start;

    public IEnumerable<ScriptStatement> ReadAll()
    {
        _window = ArrayPool<char>.Shared.Rent(_size);
        try
        {
            do
            {
                Fill();
                while (ReadNext() is { } statement)
                {
                    yield return statement;
                }
            }
            while (!_isFinalBlock);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(_window);
        }
    }

    private ScriptStatement? ReadNext()
    {
        var start = _position;
        var splitter = new SqlSplitter(
            _window.AsSpan(_start.._end), _isFinalBlock, dialect, _blocks, _position, file, CollectionsMarshal.AsSpan(substitutions));
        if (!splitter.Read())
        {
            return null;
        }

        _start += splitter.Consumed;
        _position = splitter.Position;
        var values = CollectionsMarshal.AsSpan(substitutions);
        return new ScriptStatement(splitter.Code.ToString(), splitter.CodePosition, splitter.Kind, dialect, SubstitutionsFrom(splitter.CodePosition))
        {
            Leading = ScriptTrivia.Of(splitter.Leading, start, values),
            Trailing = ScriptTrivia.Of(splitter.Trailing, splitter.CodePosition.Advance(splitter.Code, values), values),
        };
    }

    // Up to the next statement, which may start inside a value.
    private Substitution[] SubstitutionsFrom(TextPosition start)
    {
        var all = CollectionsMarshal.AsSpan(substitutions);
        var end = Substitution.IndexFrom(all, _position.ValueRead > 0 ? _position.Offset + 1 : _position.Offset);
        return all[Substitution.IndexFrom(all, start.Offset)..end].ToArray();
    }

    private void Fill()
    {
        var rest = _window.AsSpan(_start.._end);

        // Below half of the window free, refills would be small and many, each with a scan of the rest from its start.
        if (rest.Length > _size / 2)
        {
            Grow(rest);
        }
        else
        {
            rest.CopyTo(_window);
        }

        (_start, _end) = (0, rest.Length);
        substitutions.RemoveRange(0, Substitution.IndexFrom(CollectionsMarshal.AsSpan(substitutions), _position.Offset));
        _end += text.ReadBlock(_window, _end, _size - _end);
        _isFinalBlock = _end < _size;
    }

    private void Grow(ReadOnlySpan<char> rest)
    {
        _size *= 2;
        var window = ArrayPool<char>.Shared.Rent(_size);
        rest.CopyTo(window);
        ArrayPool<char>.Shared.Return(_window);
        _window = window;
    }
}
