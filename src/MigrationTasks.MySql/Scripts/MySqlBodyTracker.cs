using System.Buffers;
using System.Text;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql.Scripts;

/// <summary>
/// The bodies of MySQL's and MariaDB's procedures, functions, triggers, events and packages, and MariaDB's blocks outside of
/// them. Only what stands where a statement starts opens a block: <c>IF()</c> is a function too, and <c>END</c> a column's name.
/// </summary>
internal sealed class MySqlBodyTracker : BlockTracker
{
    private const int LongestKeyword = 16;

    private readonly MySqlBodyHead _head = new();
    private readonly MySqlBlocks _blocks = new();
    private bool _isInBody;

    public override bool IsOpen => _blocks.IsOpen;

    public override string Construct => _blocks.Construct;

    public override string Closing => _blocks.Closing;

    public override void Start()
    {
        // Where the script says itself what ends its statements, nothing has to be found out.
        WatchesWords = Lexicon is null;
        _isInBody = false;
        _head.Start();
        _blocks.Start();
    }

    public override void Word(ReadOnlySpan<char> text, int start, int length, int parentheses)
    {
        // Behind a dot or an at sign stands a name.
        if (parentheses > 0 || text[..start] is [.., '.' or '@'])
        {
            return;
        }

        Span<char> buffer = stackalloc char[LongestKeyword];
        ReadOnlySpan<char> word = Ascii.ToUpper(text.Slice(start, length), buffer, out var written) == OperationStatus.Done ? buffer[..written] : "";
        if (!_isInBody)
        {
            _isInBody = _head.IsBodyStart(word, text, start, start + length);
            WatchesWords = !_head.HasNoBody;
            OpenedAt = start;
        }

        if (_isInBody)
        {
            _blocks.Word(word, text[..start], text[(start + length)..]);
            WatchesWords = _blocks.IsOpen;
        }
    }

    public override void Semicolon() => _blocks.Semicolon();
}
