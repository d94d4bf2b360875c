using System.Collections.Frozen;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>PostgreSQL. Databases that took over its SQL may derive from it and change what differs.</summary>
public class PostgreSqlDialect : SqlDialect
{
    private static readonly SqlLexicon Characters = CharactersWith(CharacterRole.StringQuote);
    private static readonly SqlLexicon EscapingCharacters = CharactersWith(CharacterRole.EscapingQuote);

    private bool _escapes;

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        "AGGREGATE", "ALL", "AND", "CAST", "CHAIN", "COLLATION", "COMMITTED", "CONCURRENTLY", "CONSTRAINT", "CONVERSION", "DATABASE",
        "DEFAULT", "DEFERRABLE", "DOMAIN", "EVENT", "EXTENSION", "FOREIGN", "FROM", "FUNCTION", "GROUP", "INDEX", "INTO",
        "ISOLATION", "LANGUAGE", "LEVEL", "MATERIALIZED", "NO", "ON", "ONLY", "OPERATOR", "OR", "OWNED", "POLICY", "PREPARED",
        "PRIVILEGES", "PROCEDURE", "PUBLICATION", "READ", "REPLACE", "ROLE", "RULE", "SCHEMA", "SEQUENCE", "SERIALIZABLE",
        "SERVER", "STATISTICS", "SUBSCRIPTION", "SYSTEM", "TABLE", "TABLESPACE", "TEMP", "TEMPORARY", "TO", "TRANSACTION",
        "TRIGGER", "TYPE", "UNIQUE", "UNLOGGED", "USER", "VIEW", "WORK", "WRAPPER", "WRITE");

    /// <summary>PostgreSQL, with <c>standard_conforming_strings</c> on as it is by default.</summary>
    public static PostgreSqlDialect Instance { get; } = new();

    /// <inheritdoc/>
    protected internal override string ClientProgram => "psql";

    /// <inheritdoc/>
    protected internal override SqlLexicon Lexicon => _escapes ? EscapingCharacters : Characters;

    /// <inheritdoc/>
    protected override IReadOnlySet<string> SummaryKeywords => Keywords;

    /// <inheritdoc/>
    protected internal override StatementKind Classify(SqlTokens statement) => PostgreSqlStatements.Classify(statement);

    /// <inheritdoc/>
    protected internal override CopyFormat? FindCopyFormat(string text)
    {
        var statement = new SqlTokens(text, Lexicon);
        statement.Take("COPY");
        return PostgreSqlCopy.FormatOf(statement);
    }

    /// <inheritdoc/>
    protected internal override BlockTracker CreateBlockTracker() => new AtomicBodyTracker();

    /// <inheritdoc/>
    protected internal override bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement) => true;

    // pg_dump puts them around a script since August 2025, to keep psql from taking other commands out of it.
    /// <inheritdoc/>
    protected internal override bool IsHarmlessCommand(ReadOnlySpan<char> line)
    {
        Span<Range> words = stackalloc Range[3];
        return line.SplitAny(words, " \t", StringSplitOptions.RemoveEmptyEntries) switch
        {
            // The text is sent as UTF-8, whatever it once was.
            1 or 2 when line[words[0]] is @"\encoding" => true,
            2 => line[words[0]] is @"\restrict" or @"\unrestrict",
            _ => false,
        };
    }

    /// <inheritdoc/>
    protected internal override OwnTableWatch WatchOwnTables(OwnTableSet tables) => new PostgreSqlOwnTableWatch(tables, this);

    /// <inheritdoc/>
    protected internal override bool CanShareTransaction(string text) => PostgreSqlSession.CanShareTransaction(new SqlTokens(text, Lexicon));

    /// <inheritdoc/>
    protected internal override SessionEffect SessionEffectOf(string text) => PostgreSqlSession.EffectOf(new SqlTokens(text, Lexicon));

    /// <inheritdoc/>
    protected internal override bool IgnoresEndWithoutStart => true;

    /// <inheritdoc/>
    protected internal override CommitTracker CreateCommitTracker() => new PostgreSqlCommits();

    /// <inheritdoc/>
    protected internal override string? TransactionModesOf(string text) => PostgreSqlModes.Of(new SqlTokens(text, Lexicon));

    /// <inheritdoc/>
    protected internal override DialectTracker? CreateDialectTracker()
    {
        var escaping = (PostgreSqlDialect)MemberwiseClone();
        escaping._escapes = true;
        return new PostgreSqlStrings(this, escaping);
    }

    private static SqlLexicon CharactersWith(CharacterRole quote) => new(
        ('e', CharacterRole.EscapePrefix),
        ('E', CharacterRole.EscapePrefix),
        ('$', CharacterRole.DollarQuote),
        ('(', CharacterRole.OpenParenthesis),
        (')', CharacterRole.CloseParenthesis),
        ('\'', quote),
        ('\\', CharacterRole.CommandMark))
    {
        CommentsNest = true,
        CarriageReturnEndsComment = true,

        // The extension pg_hint_plan reads them.
        HasHints = true,
    };

    /// <inheritdoc/>
    protected internal override QuotedBody? FindBody(string text) => PostgreSqlBodies.Find(new SqlTokens(text, Lexicon));
}
