using System.Globalization;
using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// A dialect of SQL. What its characters mean is a table (<see cref="Lexicon"/>), what its statements mean is a small
/// grammar (<see cref="Classify"/>); cutting a script into statements is common to all.
/// </summary>
public abstract class SqlDialect : ScriptLanguage
{
    private const int SummaryWords = 4;
    private const int LongestSummaryWord = 40;

    /// <inheritdoc/>
    public override string FileExtension => ".sql";

    /// <inheritdoc/>
    public override string NothingToDo => "SELECT 1;";

    /// <summary>The program whose commands may stand in its scripts by mistake, such as <c>psql</c>.</summary>
    protected internal abstract string ClientProgram { get; }

    /// <summary>What characters mean.</summary>
    protected internal abstract SqlLexicon Lexicon { get; }

    /// <summary>The words that a statement's <see cref="ScriptStatement.Summary"/> may go on with, in upper case.</summary>
    protected abstract IReadOnlySet<string> SummaryKeywords { get; }

    /// <inheritdoc/>
    public override IEnumerable<ScriptStatement> ReadStatements(TextReader text, string? file, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        var substitutions = new List<Substitution>();
        return new SqlStatementReader(this, placeholders.Substitute(text, substitutions), file, substitutions).ReadAll();
    }

    /// <inheritdoc/>
    public override string StartFile(string title, DateOnly created) =>
        $"-- Migration: {title}\n-- Created: {created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n-- Rollback:\n\n";

    /// <inheritdoc/>
    public override MigrationHeader? ReadHeader(TextReader text, string? file, bool isCut)
    {
        var header = SqlHeader.Read(text, out var isWhole);
        return isWhole || !isCut ? header : null;
    }

    /// <summary>Reads a complete statement token by token.</summary>
    /// <param name="statement">The statement's text.</param>
    public SqlTokens ReadTokens(string statement) => new(statement, Lexicon);

    /// <summary>Tells what a statement means for a transaction.</summary>
    /// <param name="statement">The statement's tokens, at least one.</param>
    protected internal abstract StatementKind Classify(SqlTokens statement);

    /// <summary>A tracker of the bodies in which a semicolon does not end the statement.</summary>
    protected internal abstract BlockTracker CreateBlockTracker();

    /// <summary>Follows a script whose statements may change how those behind them are read; <see langword="null"/> where none does.</summary>
    protected internal virtual DialectTracker? CreateDialectTracker() => null;

    /// <summary>Tells whether a <see cref="CharacterRole.CommandMark"/> starts a command of <see cref="ClientProgram"/>.</summary>
    /// <param name="text">The text from the mark on; asked again with more of it when it ends at once.</param>
    /// <param name="startsStatement">Whether a statement would start here.</param>
    protected internal abstract bool IsClientCommand(ReadOnlySpan<char> text, bool startsStatement);

    /// <summary>Tells whether the first word of a statement makes its line a command of <see cref="ClientProgram"/>.</summary>
    /// <param name="word">The word.</param>
    protected internal virtual bool IsCommandWord(ReadOnlySpan<char> word) => false;

    /// <summary>Tells whether a command of <see cref="ClientProgram"/> changes nothing that concerns the script.</summary>
    /// <param name="line">The line that the command has to itself, without its line break.</param>
    protected internal virtual bool IsHarmlessCommand(ReadOnlySpan<char> line) => false;

    /// <summary>Tells how the rows are written that follow a <see cref="StatementKind.CopyFromStdin"/>; <see langword="null"/> when the database takes none.</summary>
    /// <param name="text">The statement's text.</param>
    protected internal virtual CopyFormat? FindCopyFormat(string text) => null;

    /// <inheritdoc/>
    protected internal override void AppendTokens(string text, TokenChecksum checksum) => SqlTokenChecksum.Append(text, Lexicon, checksum);

    /// <inheritdoc/>
    protected internal override string Summarize(string text)
    {
        var tokens = new SqlTokens(text, Lexicon);
        var summary = new StringBuilder();
        var keywords = SummaryKeywords;
        for (var words = 0; words < SummaryWords && !tokens.AtEnd; words++)
        {
            var token = tokens.Text;
            var word = token[..Math.Min(token.Length, LongestSummaryWord)].ToString().ToUpperInvariant();
            if (words > 0 && (tokens.Kind != SqlTokenKind.Word || !keywords.Contains(word)))
            {
                break;
            }

            summary.Append(words > 0 ? " " : "").Append(word);
            tokens.Skip();
        }

        return PlainText.Of(summary.ToString());
    }
}
