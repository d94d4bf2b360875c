namespace MigrationTasks.MySql.Scripts;

/// <summary>Reads a statement of MySQL or MariaDB up to the word with which its body starts, if it has one that may hold semicolons.</summary>
internal sealed class MySqlBodyHead
{
    private Stage _stage;
    private bool _hasDefiner;
    private bool _isCharacterSet;
    private int _kindEnd;

    private enum Stage
    {
        Start,
        Begin,
        Create,
        Name,
        Routine,
        Returned,
        Trigger,
        Event,
        Package,
        Body,
        NoBody,
    }

    /// <summary>Whether the statement has no such body, whatever follows.</summary>
    public bool HasNoBody => _stage == Stage.NoBody;

    /// <summary>A new statement starts.</summary>
    public void Start()
    {
        _stage = Stage.Start;
        _hasDefiner = false;
        _isCharacterSet = false;
    }

    /// <summary>Reads the next word; whether it is the first one of the body.</summary>
    /// <param name="word">The word in upper case; empty when it is none that matters.</param>
    /// <param name="text">The text that it stands in.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    public bool IsBodyStart(ReadOnlySpan<char> word, ReadOnlySpan<char> text, int start, int end)
    {
        _stage = _stage switch
        {
            Stage.Start => AfterFirst(word),
            Stage.Begin => word is "NOT" ? Stage.Begin : word is "ATOMIC" ? Stage.Body : Stage.NoBody,
            Stage.Create => AfterCreate(word, end),
            Stage.Name => AfterKind(word, text, start, end),
            Stage.Trigger => word is "ROW" ? Stage.Routine : Stage.Trigger,
            Stage.Event => word is "DO" ? Stage.Routine : Stage.Event,
            Stage.Package => word is "AS" or "IS" or "PROCEDURE" or "FUNCTION" ? Stage.Body : Stage.Package,
            Stage.Returned => word is "AS" || (word is "IS" && !IsTest(text[end..])) ? Stage.Body : Stage.Returned,
            _ => AfterHead(word, text[end..]),
        };
        return _stage == Stage.Body;
    }

    private static Stage AfterFirst(ReadOnlySpan<char> word) => word switch
    {
        "CREATE" or "ALTER" => Stage.Create,
        "BEGIN" => Stage.Begin,

        // MariaDB takes these outside of a routine too.
        "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" or "FOR" => Stage.Body,
        _ => Stage.NoBody,
    };

    private Stage AfterCreate(ReadOnlySpan<char> word, int end)
    {
        _kindEnd = end;
        switch (word)
        {
            case "PROCEDURE" or "FUNCTION":
                return Stage.Name;
            case "TRIGGER":
                return Stage.Trigger;
            case "EVENT":
                return Stage.Event;
            case "PACKAGE":
                return Stage.Package;
            case "DEFINER":
                _hasDefiner = true;
                return Stage.Create;
            case "OR" or "REPLACE" or "AGGREGATE":
                return Stage.Create;
            default:
                // An account's name may be any word.
                return _hasDefiner && word is not ("VIEW" or "SQL") ? Stage.Create : Stage.NoBody;
        }
    }

    // A word right behind the kind is the name, or the IF of IF NOT EXISTS; a quoted name is no word.
    private Stage AfterKind(ReadOnlySpan<char> word, ReadOnlySpan<char> text, int start, int end) =>
        text[_kindEnd..start].IsWhiteSpace() ? Stage.Routine : AfterHead(word, text[end..]);

    private Stage AfterHead(ReadOnlySpan<char> word, ReadOnlySpan<char> after)
    {
        var isCharacterSet = _isCharacterSet && word is "SET";
        _isCharacterSet = word is "CHARACTER" or "CHAR";
        if (isCharacterSet || MySqlBlocks.IsLabel(after))
        {
            return Stage.Routine;
        }

        switch (word)
        {
            case "BEGIN" or "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" or "FOR" or "DECLARE" or "AS" or "IS":
                return Stage.Body;
            case "RETURN":
                // A statement, or what Oracle writes for RETURNS.
                return Stage.Returned;
            case "ALTER" or "ANALYZE" or "CALL" or "COMMIT" or "CREATE" or "DELETE" or "DO" or "DROP" or "EXECUTE" or "FLUSH" or "GET" or "GRANT":
            case "INSERT" or "KILL" or "LOAD" or "LOCK" or "OPTIMIZE" or "PREPARE" or "RENAME" or "REPLACE" or "RESIGNAL" or "REVOKE" or "ROLLBACK":
            case "SELECT" or "SET" or "SHOW" or "SIGNAL" or "START" or "TRUNCATE" or "UPDATE" or "VALUES" or "WITH":
                return Stage.NoBody;
            default:
                return Stage.Routine;
        }
    }

    // RETURN a IS NULL
    private static bool IsTest(ReadOnlySpan<char> after)
    {
        after = after.TrimStart();
        foreach (var word in (ReadOnlySpan<string>)["NULL", "NOT", "TRUE", "FALSE", "UNKNOWN"])
        {
            if (after.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
