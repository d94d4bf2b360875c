using System.Collections.Frozen;
using System.Text;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.MySql.Scripts;

/// <summary>MySQL and MariaDB.</summary>
public class MySqlDialect : SqlDialect
{
    private const int LongestCommand = 16;

    private static readonly SqlLexicon Characters = new(
        ('$', CharacterRole.Word),
        ('\'', CharacterRole.EscapingQuote),
        ('"', CharacterRole.EscapingQuote),
        ('`', CharacterRole.NameQuote),
        ('#', CharacterRole.Hash),
        ('*', CharacterRole.Star),
        ('(', CharacterRole.OpenParenthesis),
        (')', CharacterRole.CloseParenthesis),
        ('\\', CharacterRole.CommandMark))
    {
        DashesNeedSpace = true,
        HasHints = true,
        HasVersionComments = true,
    };

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        "AGGREGATE", "ALL", "AND", "ATOMIC", "AUTOCOMMIT", "BINARY", "BODY", "CACHE", "CHAIN", "CHARACTER", "COLUMNS", "CONSISTENT", "DATA",
        "DATABASE", "DEFAULT", "EVENT", "FROM", "FULLTEXT", "FUNCTION", "GLOBAL", "GRANTS", "GROUP", "IF", "IGNORE", "IMMEDIATE", "INDEX",
        "INSTANCE", "INTO", "ISOLATION", "LEVEL", "LOCAL", "LOGS", "MASTER", "NAMES", "NO", "NOT", "ONLINE", "ONLY", "OR", "PACKAGE",
        "PASSWORD", "PLUGIN", "PREPARE", "PRIVILEGES", "PROCEDURE", "READ", "RELEASE", "REPLACE", "REPLICA", "RESOURCE", "ROLE", "SCHEMA",
        "SEQUENCE", "SERVER", "SESSION", "SLAVE", "SNAPSHOT", "SPATIAL", "STAGE", "STATEMENT", "TABLE", "TABLES", "TABLESPACE", "TEMPORARY",
        "TO", "TRANSACTION", "TRIGGER", "UNDO", "UNIQUE", "USER", "VIEW", "WITH", "WORK");

    // No statement of the server starts with one of these. What it knows too, such as USE and HELP, is left to it.
    private static readonly FrozenSet<string> Commands = FrozenSet.Create(
        "CHARSET", "CLEAR", "CONNECT", "DELIMITER", "EDIT", "EGO", "EXIT", "GO", "NOPAGER", "NOTEE", "NOWARNING", "PAGER", "PRINT",
        "PROMPT", "QUIT", "REHASH", "SOURCE", "STATUS", "SYSTEM", "TEE", "WARNINGS");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommandLookup = Commands.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>MySQL and MariaDB, with the backslash as an escape and <c>"</c> for strings as they are by default.</summary>
    public static MySqlDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override bool StatementsDecideTransaction => true;

    /// <inheritdoc/>
    protected internal override string ClientProgram => "mariadb or mysql";

    /// <inheritdoc/>
    protected internal override SqlLexicon Lexicon => Characters;

    /// <inheritdoc/>
    protected override IReadOnlySet<string> SummaryKeywords => Keywords;

    /// <inheritdoc/>
    protected internal override StatementKind Classify(SqlTokens statement) => MySqlStatements.Classify(statement);

    /// <inheritdoc/>
    protected internal override BlockTracker CreateBlockTracker() => new MySqlBodyTracker();

    // \N is NULL to the server.
    /// <inheritdoc/>
    protected internal override bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement) => text.Length > 1 && text[1] != 'N';

    /// <inheritdoc/>
    protected internal override bool IsCommandWord(ReadOnlySpan<char> word)
    {
        Span<char> upper = stackalloc char[LongestCommand];
        return word.Length <= LongestCommand && Ascii.ToUpper(word, upper, out var length) == System.Buffers.OperationStatus.Done && CommandLookup.Contains(upper[..length]);
    }

    /// <inheritdoc/>
    protected internal override OwnTableWatch WatchOwnTables(OwnTableSet tables) => new MySqlOwnTableWatch(tables);

    /// <inheritdoc/>
    protected internal override bool CanShareTransaction(string text) => MySqlSession.CanShareTransaction(new SqlTokens(text, Lexicon));

    /// <inheritdoc/>
    protected internal override SessionEffect SessionEffectOf(string text) => MySqlSession.EffectOf(new SqlTokens(text, Lexicon));
}
