using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>Says in our way what another tool's file says in its own.</summary>
/// <param name="language">What the migrations are written in.</param>
internal sealed class ConvertedScript(ScriptLanguage language)
{
    private const string Outside = "-- Transaction: none";

    /// <summary>How files of ours end.</summary>
    public string Extension { get; } = language.FileExtension;

    private bool IsSql => Extension == ".sql";

    /// <summary>A migration. One that does nothing says so: a file without a statement would stay pending.</summary>
    public string Up(string text, bool isTransactional) => IsSql && !HasStatement(text)
        ? $"{text.TrimEnd()}{(text.TrimEnd().Length > 0 ? NewLine(text) : "")}SELECT 1;{NewLine(text)}"
        : WithHeader(text, isTransactional);

    /// <summary>What undoes one; <see langword="null"/> when it does nothing.</summary>
    public string? Down(string text, bool isTransactional) => IsSql && !HasStatement(text) ? null : WithHeader(text, isTransactional);

    // Theirs sends a file as it is, and the server runs a single statement outside of a transaction when it has to.
    private string WithHeader(string text, bool isTransactional)
    {
        var body = Trim(text);
        return IsSql && (!isTransactional || NeedsOutside(body)) && language.ReadHeader(body, null).IsTransactional ? Outside + NewLine(text) + NewLine(text) + body : body;
    }

    private bool NeedsOutside(string text)
    {
        var shape = TransactionShape.Of(language, () => Statements(text));
        return shape.HasOutsideTransaction && !language.StatementsDecideTransaction && !shape.KeepsOwn;
    }

    // What cannot be read is told by whoever checks the migrations.
    private bool HasStatement(string text)
    {
        try
        {
            return Statements(text).Any(statement => statement.Kind is not (StatementKind.Empty or StatementKind.TransactionStart or StatementKind.TransactionEnd));
        }
        catch (MigrationException)
        {
            return true;
        }
    }

    private IEnumerable<ScriptStatement> Statements(string text)
    {
        using var reader = new StringReader(text);
        foreach (var statement in language.ReadStatements(reader, null))
        {
            yield return statement;
        }
    }

    // Empty lines where a mark was taken out.
    private static string Trim(string text)
    {
        var body = text.TrimStart('\r', '\n').TrimEnd();
        return body.Length == 0 ? "" : body + NewLine(text);
    }

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}
