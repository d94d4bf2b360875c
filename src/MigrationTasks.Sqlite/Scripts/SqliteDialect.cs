using System.Collections.Frozen;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Sqlite.Scripts;

/// <summary>SQLite.</summary>
public class SqliteDialect : SqlDialect
{
    private const int LongestKeyword = 16;

    private static readonly SqlLexicon Characters = new(
        ('$', CharacterRole.WordTail),
        ('`', CharacterRole.NameQuote),
        ('[', CharacterRole.NameBracket),
        ('.', CharacterRole.CommandMark));

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        "DEFERRED", "EXCLUSIVE", "FROM", "IMMEDIATE", "INDEX", "INTO", "JOURNAL_MODE", "OR", "PLAN", "QUERY", "REPLACE",
        "SYNCHRONOUS", "TABLE", "TEMP", "TEMPORARY", "TO", "TRANSACTION", "TRIGGER", "UNIQUE", "VIEW", "VIRTUAL");

    /// <summary>SQLite.</summary>
    public static SqliteDialect Instance { get; } = new();

    // A string may stand where a name is meant.
    internal static SqlNaming Naming { get; } = new(NameCase.Ignored, "main", StringQuotes: "'");

    /// <inheritdoc/>
    protected internal override string ClientProgram => "sqlite3";

    /// <inheritdoc/>
    protected internal override SqlLexicon Lexicon => Characters;

    /// <inheritdoc/>
    protected override IReadOnlySet<string> SummaryKeywords => Keywords;

    /// <inheritdoc/>
    protected internal override StatementKind Classify(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "BEGIN":
                return StatementKind.TransactionStart;
            case "COMMIT" or "END":
                return StatementKind.TransactionEnd;
            case "ROLLBACK":
                return IsToSavepoint(statement) ? StatementKind.Ordinary : StatementKind.TransactionControl;
            case "VACUUM" or "DETACH":
                return StatementKind.NeedsNoTransaction;
            case "COPY":
                return StatementKind.CopyFromStdin;
            case "PRAGMA":
                return IsRefusedPragma(statement) ? StatementKind.NeedsNoTransaction : StatementKind.Ordinary;
            default:
                return StatementKind.Ordinary;
        }
    }

    /// <inheritdoc/>
    protected internal override BlockTracker CreateBlockTracker() => new TriggerBodyTracker();

    /// <inheritdoc/>
    protected internal override bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement) =>
        startsStatement && text.Length > 1 && char.IsAsciiLetter(text[1]);

    /// <inheritdoc/>
    protected internal override OwnTableWatch WatchOwnTables(OwnTableSet tables) => new SqliteOwnTableWatch(tables);

    /// <inheritdoc/>
    protected internal override bool CanShareTransaction(string text)
    {
        var statement = new SqlTokens(text, Lexicon);
        // A savepoint is a transaction when there is none, and some pragmas do nothing in one.
        return !(statement.Take("SAVEPOINT") || statement.Take("RELEASE") || statement.Take("ROLLBACK") || IsOfSession(ref statement));
    }

    /// <inheritdoc/>
    protected internal override SessionEffect SessionEffectOf(string text)
    {
        var statement = new SqlTokens(text, Lexicon);
        return IsOfSession(ref statement) ? SessionEffect.Setting : CreatesTemporary(statement) ? SessionEffect.Temporary : SessionEffect.None;
    }

    /// <inheritdoc/>
    protected internal override CommitTracker CreateCommitTracker() => new SqliteCommits();

    private static bool IsOfSession(ref SqlTokens statement) => statement.Take("PRAGMA") || statement.Take("ATTACH") || statement.Take("DETACH");

    private static bool CreatesTemporary(SqlTokens statement)
    {
        if (!statement.Take("CREATE"))
        {
            return false;
        }

        if (statement.Take("TEMP") || statement.Take("TEMPORARY"))
        {
            return true;
        }

        for (; !statement.AtEnd; statement.Skip())
        {
            if (statement.Take("TEMP") && statement.Take('.'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsToSavepoint(SqlTokens rest)
    {
        var isNamed = rest.Take("TRANSACTION");
        if (rest.Take("TO"))
        {
            return true;
        }

        return isNamed && rest.TakeName() && rest.Take("TO");
    }

    private static bool IsRefusedPragma(SqlTokens rest)
    {
        var setting = rest;
        setting.Skip();
        if (setting.Take('.'))
        {
            rest = setting;
        }

        return (rest.Take("JOURNAL_MODE") || rest.Take("SYNCHRONOUS")) && (rest.Take('=') || rest.Take('('));
    }
}
