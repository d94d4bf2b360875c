using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>What SQLite answered instead of doing what it was asked to.</summary>
/// <param name="message">SQLite's own words.</param>
/// <param name="code">The extended result code (https://sqlite.org/rescode.html).</param>
/// <param name="offset">The byte of the statement where the error is, or -1.</param>
/// <param name="timedOut">Whether the statement was stopped because it ran for too long.</param>
internal sealed class SqliteFailure(string message, int code, int offset, bool timedOut = false) : Exception(message)
{
    /// <summary>The result code without its extension.</summary>
    public int PrimaryCode => code & 0xFF;

    /// <summary>The byte of the statement where the error is, or -1.</summary>
    public int Offset => offset;

    /// <summary>Whether the statement was stopped because it ran for too long.</summary>
    public bool TimedOut => timedOut;

    /// <summary>Whether it goes by itself when another connection is done; a snapshot that is out of date does not.</summary>
    public bool IsBusy => (PrimaryCode == raw.SQLITE_BUSY && code != raw.SQLITE_BUSY_SNAPSHOT) || code == raw.SQLITE_LOCKED_SHAREDCACHE;

    /// <summary>Whether the statement is none. SQLite has no code for that, and words of its own for what follows the columns of a table.</summary>
    public bool IsSyntaxError => code == raw.SQLITE_ERROR
        && (Message.EndsWith("syntax error", StringComparison.Ordinal) || Message.StartsWith("unknown table option", StringComparison.Ordinal));

    /// <summary>Whether a table is not there that the statement names.</summary>
    public bool IsMissingTable => code == raw.SQLITE_ERROR && Message.StartsWith("no such table", StringComparison.Ordinal);

    /// <summary>What to tell: SQLite's words with the code to look up.</summary>
    public string Problem => $"{Message} (SQLite error {code}).";
}
