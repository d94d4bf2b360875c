using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace DuckDbSample;

/// <summary>DuckDB's SQL, which began as that of PostgreSQL: only what differs stands here.</summary>
public sealed class DuckDbDialect : PostgreSqlDialect
{
    private static readonly SqlLexicon Characters = new(
        ('e', CharacterRole.EscapePrefix),
        ('E', CharacterRole.EscapePrefix),
        ('$', CharacterRole.DollarQuote),
        ('(', CharacterRole.OpenParenthesis),
        (')', CharacterRole.CloseParenthesis),
        ('.', CharacterRole.CommandMark))
    {
        CommentsNest = true,
    };

    protected override string ClientProgram => "duckdb";

    protected override SqlLexicon Lexicon => Characters;

    protected override StatementKind Classify(SqlTokens statement)
    {
        var rest = statement;
        // The rows of a COPY are in a file, whatever its name.
        return rest.Take("COPY") ? StatementKind.Ordinary
            : rest.Take("CHECKPOINT") || (rest.Take("FORCE") && rest.Take("CHECKPOINT")) ? StatementKind.NeedsNoTransaction
            : base.Classify(statement);
    }

    protected override CopyFormat? FindCopyFormat(string text) => null;

    // .open and the like; a dot anywhere else is SQL.
    protected override bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement) => startsStatement && text.Length > 1 && char.IsAsciiLetter(text[1]);

    protected override bool IsHarmlessCommand(ReadOnlySpan<char> line) => false;

    // What a later session needs again, when a migration goes on where it stopped.
    protected override SessionEffect SessionEffectOf(string text)
    {
        var statement = ReadTokens(text);
        return statement.Take("USE") || statement.Take("SET") || statement.Take("RESET") || statement.Take("PRAGMA") || statement.Take("ATTACH") || statement.Take("DETACH") || statement.Take("LOAD")
            ? SessionEffect.Setting
            : base.SessionEffectOf(text);
    }
}
