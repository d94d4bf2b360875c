namespace MigrationTasks.Engine.Scripts;

/// <summary>What a token of SQL is. White space and comments are not tokens.</summary>
public enum SqlTokenKind : byte
{
    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    QuotedName,

    /// <summary>A string, quotes included.</summary>
    Literal,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A semicolon; where the script says what ends its statements, that.</summary>
    Semicolon,

    /// <summary>An opening parenthesis, where the dialect gives it <see cref="CharacterRole.OpenParenthesis"/>.</summary>
    OpenParenthesis,

    /// <summary>A closing parenthesis, where the dialect gives it <see cref="CharacterRole.CloseParenthesis"/>.</summary>
    CloseParenthesis,

    /// <summary>What opens or closes a comment that counts as code, such as <c>/*!50003</c>.</summary>
    VersionMark,

    /// <summary>A character that may start a command of a client program.</summary>
    CommandMark,

    /// <summary>Any other character.</summary>
    Symbol,
}
