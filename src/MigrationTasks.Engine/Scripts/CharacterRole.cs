namespace MigrationTasks.Engine.Scripts;

/// <summary>What a character does where a token may start. The ones up to <see cref="WordTail"/> also continue a word.</summary>
public enum CharacterRole : byte
{
    /// <summary>Starts or continues a word, as letters and everything outside ASCII do.</summary>
    Word,

    /// <summary>A letter that, right before a <c>'</c>, makes a string in which a backslash escapes.</summary>
    EscapePrefix,

    /// <summary>Starts a number, continues a word.</summary>
    Digit,

    /// <summary>Opens a dollar-quoted string, continues a word.</summary>
    DollarQuote,

    /// <summary>Continues a word; alone it is a symbol.</summary>
    WordTail,

    /// <summary>White space.</summary>
    Space,

    /// <summary>Starts the text that ends a statement, where the script says which one; alone it is what it is otherwise.</summary>
    Delimiter,

    /// <summary>Starts a comment up to the end of the line.</summary>
    Hash,

    /// <summary>Twice, starts a comment up to the end of the line.</summary>
    Dash,

    /// <summary>Before a <c>*</c>, opens a comment up to <c>*/</c>.</summary>
    Slash,

    /// <summary>Before a <c>/</c>, closes a comment that counts as code.</summary>
    Star,

    /// <summary>Opens and closes a string; doubled, it stands for itself.</summary>
    StringQuote,

    /// <summary>As <see cref="StringQuote"/>; a backslash in the string escapes what comes after it.</summary>
    EscapingQuote,

    /// <summary>Opens and closes a name; doubled, it stands for itself.</summary>
    NameQuote,

    /// <summary>Opens a name that a <c>]</c> closes.</summary>
    NameBracket,

    /// <summary>Ends a statement, unless something is open.</summary>
    Semicolon,

    /// <summary>Opens a parenthesis in which a semicolon does not end the statement.</summary>
    OpenParenthesis,

    /// <summary>Closes such a parenthesis.</summary>
    CloseParenthesis,

    /// <summary>May start a command of a client program; the dialect decides.</summary>
    CommandMark,

    /// <summary>Stands for itself.</summary>
    Symbol,
}
