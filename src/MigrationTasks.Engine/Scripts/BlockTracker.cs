namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Follows the words of one statement after another, and knows when they are inside a body whose semicolons do not end
/// the statement, such as that of a trigger.
/// </summary>
public abstract class BlockTracker
{
    /// <summary>What characters mean since the script said what ends its statements; <see langword="null"/> when it is the semicolon.</summary>
    internal SqlLexicon? Lexicon { get; set; }

    /// <summary>Whether the words that come next in this statement can matter; when not, nobody reports them.</summary>
    public bool WatchesWords { get; protected set; }

    /// <summary>Whether a body is open.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Where the body opened, in the text that the words came from.</summary>
    public int OpenedAt { get; protected set; }

    /// <summary>What is open, for messages, such as <c>trigger body</c>.</summary>
    public abstract string Construct { get; }

    /// <summary>What would close it, such as <c>END</c>.</summary>
    public abstract string Closing { get; }

    /// <summary>A new statement starts.</summary>
    public abstract void Start();

    /// <summary>A word without quotes.</summary>
    /// <param name="text">The text that it stands in.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">Its length.</param>
    /// <param name="parentheses">How many parentheses are open around it.</param>
    public abstract void Word(ReadOnlySpan<char> text, int start, int length, int parentheses);

    /// <summary>A semicolon that does not end the statement.</summary>
    public virtual void Semicolon()
    {
    }
}
