using System.Text;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite.Scripts;

/// <summary>
/// SQLite's <c>CREATE [TEMP|TEMPORARY] TRIGGER … BEGIN …; …; END</c>. As in <c>sqlite3_complete</c>, what closes it is
/// an <c>END</c> between two semicolons, or between a semicolon and the end of the text.
/// </summary>
internal sealed class TriggerBodyTracker : BlockTracker
{
    private Stage _stage;

    private enum Stage
    {
        Start,
        Create,
        Header,
        Body,
        AfterSemicolon,
        AfterEnd,
    }

    public override bool IsOpen => _stage is Stage.Body or Stage.AfterSemicolon;

    public override string Construct => "trigger body";

    public override string Closing => "END;";

    public override void Start()
    {
        WatchesWords = true;
        _stage = Stage.Start;
    }

    public override void Word(ReadOnlySpan<char> text, int start, int length, int parentheses)
    {
        var word = text.Slice(start, length);
        switch (_stage)
        {
            case Stage.Start when Is(word, "CREATE"):
                _stage = Stage.Create;
                break;
            case Stage.Start:
                WatchesWords = Is(word, "EXPLAIN") || Is(word, "QUERY") || Is(word, "PLAN");
                break;
            case Stage.Create when Is(word, "TRIGGER"):
                _stage = Stage.Header;
                break;
            case Stage.Create:
                WatchesWords = Is(word, "TEMP") || Is(word, "TEMPORARY");
                break;
            case Stage.Header when Is(word, "BEGIN"):
                _stage = Stage.Body;
                OpenedAt = start;
                break;
            case Stage.Header or Stage.Body:
                break;
            case Stage.AfterSemicolon when Is(word, "END"):
                _stage = Stage.AfterEnd;
                break;
            default:
                _stage = Stage.Body;
                break;
        }
    }

    public override void Semicolon() => _stage = Stage.AfterSemicolon;

    private static bool Is(ReadOnlySpan<char> word, string keyword) => Ascii.EqualsIgnoreCase(word, keyword);
}
