using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// Reads for which tables the body of a <c>DO</c> block or a function turns row level security on: those that it names, or,
/// when it puts the statement together, those whose names are in its strings. Text that only mentions it turns nothing on.
/// </summary>
/// <param name="naming">How names are compared.</param>
internal sealed class RowSecurityReader(SqlNaming naming)
{
    private const string LastWord = "SECURITY";

    // A string in a string in a body is as deep as anybody goes.
    private const int DeepestString = 3;

    // Where a block finds the tables that are there.
    private static readonly HashSet<string> Catalogs = new(["pg_tables", "pg_class", "pg_stat_user_tables", "information_schema"], StringComparer.OrdinalIgnoreCase);

    private readonly ActionList _names = new(null, null, naming);
    private readonly List<SqlName> _tables = [];
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    private bool _isPutTogether;
    private bool _readsCatalog;
    private bool _excludes;

    /// <summary>Reads what follows <c>DO</c>, or the name of a function.</summary>
    /// <returns><see langword="null"/> when it turns row level security on for nothing.</returns>
    public RunRowSecurityCode? Read(SqlTokens rest, SourceLocation location)
    {
        for (; !rest.AtEnd; rest.Skip())
        {
            if (rest.Kind == SqlTokenKind.Literal && rest.Text.Contains(LastWord, StringComparison.OrdinalIgnoreCase))
            {
                ReadCode(PostgreSqlBlockReader.Content(rest.Text), depth: 0);
            }
        }

        return _isPutTogether || _tables.Count > 0
            ? new RunRowSecurityCode(location, _tables, _isPutTogether ? new RowSecurityTargets(_words, _readsCatalog, _excludes) : null)
            : null;
    }

    private void ReadCode(string code, int depth)
    {
        var tokens = new SqlTokens(code, PostgreSqlDialect.Instance.Lexicon);
        while (!tokens.AtEnd)
        {
            if (tokens.Take("RAISE"))
            {
                PostgreSqlBlockReader.SkipToSemicolon(ref tokens);
            }
            else if (IsCommand(tokens))
            {
                // The part of a statement whose beginning is another string.
                _isPutTogether = true;
                tokens.Skip();
            }
            else if (tokens.Take("ALTER") && tokens.Take("TABLE"))
            {
                ReadAlter(ref tokens);
            }
            else
            {
                ReadToken(tokens, depth);
                tokens.Skip();
            }
        }
    }

    private void ReadAlter(ref SqlTokens tokens)
    {
        tokens.TakeIfExists();
        tokens.Take("ONLY");
        var name = Name(ref tokens);
        while (!tokens.AtEnd && tokens.Kind is not (SqlTokenKind.Semicolon or SqlTokenKind.Literal))
        {
            if (!IsCommand(tokens))
            {
                tokens.Skip();
                continue;
            }

            if (name is { } table)
            {
                _tables.Add(table);
            }

            _isPutTogether |= name is null;
            tokens.Skip();
            return;
        }
    }

    private void ReadToken(SqlTokens token, int depth)
    {
        if (token.Kind == SqlTokenKind.Literal)
        {
            // A quote that opens in one string and closes in the next is no quote here.
            if (depth < DeepestString)
            {
                ReadCode(PostgreSqlBlockReader.Content(token.Text).Trim('"'), depth + 1);
            }
        }
        else if (depth > 0)
        {
            _words.Add(token.Kind == SqlTokenKind.QuotedName ? naming.Read(token) : token.Text.ToString());
        }
        else
        {
            var code = token.Text.ToString();
            _readsCatalog |= Catalogs.Contains(code);
            _excludes |= code is "<" or "!" || code.Equals("NOT", StringComparison.OrdinalIgnoreCase);
        }
    }

    // A name that is whole: %I and what strings around a variable leave of it are none.
    private SqlName? Name(ref SqlTokens tokens) => tokens.TakeName(_names, out var name) && tokens.Text is not "%" ? name : null;

    private static bool IsCommand(SqlTokens tokens) => tokens.Take("ENABLE") && tokens.Take("ROW") && tokens.Take("LEVEL") && tokens.Take(LastWord);
}
