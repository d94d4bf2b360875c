using System.Text;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// PostgreSQL's <c>CREATE [OR REPLACE] FUNCTION|PROCEDURE … BEGIN ATOMIC …; …; END</c>, where a <c>CASE</c> has an
/// <c>END</c> of its own.
/// </summary>
internal sealed class AtomicBodyTracker : BlockTracker
{
    private const int NotABegin = -1;

    private bool _inRoutine;
    private bool _afterCreate;
    private int _begin;
    private int _depth;

    public override bool IsOpen => _depth > 0;

    public override string Construct => "BEGIN ATOMIC body";

    public override string Closing => "END";

    public override void Start()
    {
        WatchesWords = true;
        _inRoutine = false;
        _afterCreate = false;
        _begin = NotABegin;
        _depth = 0;
    }

    public override void Word(ReadOnlySpan<char> text, int start, int length, int parentheses)
    {
        var word = text.Slice(start, length);
        if (!_inRoutine)
        {
            ReadHead(word);
        }
        else if (parentheses == 0)
        {
            ReadRoutine(text, start, word);
        }
    }

    private void ReadHead(ReadOnlySpan<char> word)
    {
        if (!_afterCreate)
        {
            WatchesWords = _afterCreate = Is(word, "CREATE");
        }
        else if (Is(word, "FUNCTION") || Is(word, "PROCEDURE"))
        {
            _inRoutine = true;
        }
        else
        {
            WatchesWords = Is(word, "OR") || Is(word, "REPLACE");
        }
    }

    private void ReadRoutine(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> word)
    {
        if (!IsOpen)
        {
            if (_begin != NotABegin && Is(word, "ATOMIC"))
            {
                _depth = 1;
                OpenedAt = _begin;
            }

            _begin = Is(word, "BEGIN") ? start : NotABegin;
        }
        else if (Is(word, "CASE") && !IsLabel(text[..start]))
        {
            _depth++;
        }
        else if (Is(word, "END") && !IsLabel(text[..start]))
        {
            _depth--;
        }
    }

    // Any keyword may name a column after AS, or after the dot of a qualified name.
    private static bool IsLabel(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd();
        return before is [.., '.'] || (before is [.., var separator, _, _] && char.IsWhiteSpace(separator) && Is(before[^2..], "AS"));
    }

    private static bool Is(ReadOnlySpan<char> word, string keyword) => Ascii.EqualsIgnoreCase(word, keyword);
}
