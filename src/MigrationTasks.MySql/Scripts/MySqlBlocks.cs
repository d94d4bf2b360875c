namespace MigrationTasks.MySql.Scripts;

/// <summary>The blocks that are open at one place of a body in MySQL or MariaDB, one inside the other.</summary>
internal sealed class MySqlBlocks
{
    private readonly List<Block> _open = [];

    // Whether the next word starts a statement.
    private bool _isStart;
    private bool _isAfterEnd;
    private bool _isDeclaration;
    private bool _isHandler;
    private bool _isRoutine;

    private enum Block
    {
        Begin,
        If,
        Case,
        CaseExpression,
        Loop,
        WhileCondition,
        While,
        ForRange,
        For,
        Repeat,
        RepeatCondition,
        Declarations,
    }

    /// <summary>Whether any is open.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>What the outermost one is, for messages.</summary>
    public string Construct => _open[0] switch
    {
        Block.Begin or Block.Declarations => "BEGIN … END block",
        Block.If => "IF statement",
        Block.Case or Block.CaseExpression => "CASE",
        _ => "loop",
    };

    /// <summary>What would close the outermost one.</summary>
    public string Closing => _open[0] switch
    {
        Block.If => "END IF",
        Block.Case => "END CASE",
        Block.Loop => "END LOOP",
        Block.WhileCondition or Block.While => "END WHILE",
        Block.ForRange or Block.For => "END FOR",
        Block.Repeat or Block.RepeatCondition => "UNTIL … END REPEAT",
        _ => "END",
    };

    /// <summary>Whether what follows a word makes it a label: a colon, but not an assignment.</summary>
    /// <param name="after">The text after the word.</param>
    public static bool IsLabel(ReadOnlySpan<char> after) => after.TrimStart() is [':', not '=', ..];

    /// <summary>A body starts.</summary>
    public void Start()
    {
        _open.Clear();
        _isAfterEnd = false;
        Semicolon();
    }

    /// <summary>A semicolon inside.</summary>
    public void Semicolon()
    {
        while (_open is [.., Block.CaseExpression])
        {
            Close();
        }

        (_isStart, _isAfterEnd, _isDeclaration, _isHandler, _isRoutine) = (true, false, false, false, false);
    }

    /// <summary>A word that is no part of a longer name.</summary>
    /// <param name="word">The word in upper case; empty when it is none that matters.</param>
    /// <param name="before">The text before it.</param>
    /// <param name="after">The text after it.</param>
    public void Word(ReadOnlySpan<char> word, ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        var isClosing = _isAfterEnd && Opens(word);
        _isAfterEnd = false;
        if (isClosing)
        {
            return;
        }

        if (_isStart)
        {
            // A label keeps what follows a statement's start, in Oracle's way of writing it too.
            _isStart = IsLabel(after) || before.TrimEnd() is [.., '<', '<'] || StartWith(word);
        }
        else
        {
            GoOn(word);
        }
    }

    private static bool Opens(ReadOnlySpan<char> word) => word is "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" or "FOR";

    // Returns whether a statement starts behind the word too.
    private bool StartWith(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "BEGIN" when _open is [.., Block.Declarations]:
                return Replace(Block.Begin, startsStatement: true);
            case "BEGIN":
                return Open(Block.Begin, startsStatement: true);
            case "ATOMIC" when !IsOpen:
                return Open(Block.Begin, startsStatement: true);
            case "NOT" or "ATOMIC" or "ELSE" or "EXCEPTION":
                return true;
            case "IF":
                return Open(Block.If, startsStatement: false);
            case "CASE":
                return Open(Block.Case, startsStatement: false);
            case "LOOP":
                return Open(Block.Loop, startsStatement: true);
            case "REPEAT":
                return Open(Block.Repeat, startsStatement: true);
            case "WHILE":
                return Open(Block.WhileCondition, startsStatement: false);
            case "FOR":
                return Open(Block.ForRange, startsStatement: false);
            case "UNTIL" when _open is [.., Block.Repeat]:
                return Replace(Block.RepeatCondition, startsStatement: false);
            case "END":
                Close();
                return false;
            case "DECLARE" or "AS" or "IS" when !IsOpen:
                return Open(Block.Declarations, startsStatement: true);
            case "DECLARE":
                _isDeclaration = true;
                return false;
            case "PROCEDURE" or "FUNCTION" when !IsOpen:
                _isRoutine = true;
                return Open(Block.Declarations, startsStatement: false);
            case "PROCEDURE" or "FUNCTION" when _open is [.., Block.Declarations]:
                _isRoutine = true;
                return false;
            default:
                return false;
        }
    }

    private void GoOn(ReadOnlySpan<char> word)
    {
        switch (word)
        {
            case "HANDLER" when _isDeclaration:
                (_isDeclaration, _isHandler) = (false, true);
                break;
            case "BEGIN" or "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" when _isHandler:
                _isHandler = false;
                _isStart = StartWith(word);
                break;
            case "SET" or "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "CALL" or "REPLACE" when _isHandler:
                _isHandler = false;
                break;
            case "AS" or "IS" when _isRoutine:
                _isRoutine = false;
                _isStart = Open(Block.Declarations, startsStatement: true);
                break;
            case "BEGIN" when _isRoutine:
                _isRoutine = false;
                _isStart = Open(Block.Begin, startsStatement: true);
                break;
            case "CASE":
                Open(Block.CaseExpression, startsStatement: false);
                break;
            case "END" when _open is [.., Block.CaseExpression or Block.RepeatCondition]:
                Close();
                break;
            case "THEN" when _open is [.., Block.If or Block.Case or Block.Begin]:
                _isStart = true;
                break;
            case "DO" or "LOOP" when _open is [.., Block.WhileCondition]:
                _isStart = Replace(Block.While, startsStatement: true);
                break;
            case "DO" or "LOOP" when _open is [.., Block.ForRange]:
                _isStart = Replace(Block.For, startsStatement: true);
                break;
        }
    }

    private bool Open(Block block, bool startsStatement)
    {
        _open.Add(block);
        return startsStatement;
    }

    private bool Replace(Block block, bool startsStatement)
    {
        _open[^1] = block;
        return startsStatement;
    }

    // What a CASE expression's END is followed by does not belong to it, as IF does to END IF.
    private void Close()
    {
        if (IsOpen)
        {
            _isAfterEnd = _open[^1] != Block.CaseExpression;
            _open.RemoveAt(_open.Count - 1);
        }
    }
}
