#pragma warning disable
namespace MigrationTasks.Engine.Scripts;
public abstract class SqlDialect : ScriptLanguage
{
    public override string FileExtension => ".sql";
    public static SqlDialect PostgreSql { get; } = new Any();
    public static SqlDialect Sqlite { get; } = new Any();
    protected internal override string Summarize(string text) => text;
    public override IEnumerable<ScriptStatement> ReadStatements(TextReader text, string? file)
    {
        var all = text.ReadToEnd();
        var position = TextPosition.Start;
        foreach (var part in all.Split(';'))
        {
            var code = part.TrimStart();
            position = position.Advance(part.AsSpan(0, part.Length - code.Length));
            if (code.TrimEnd().Length > 0) yield return new ScriptStatement(code.TrimEnd(), position, StatementKind.Ordinary, this);
            position = position.Advance(code + ";");
        }
    }
    private sealed class Any : SqlDialect;
}
public static class ScriptFile { public static TextReader Open(string path) => new StreamReader(path); }
public static class TransactionRules
{
    public static IEnumerable<ScriptStatement> Apply(IEnumerable<ScriptStatement> statements, bool transactional, string? file) => statements;
}
