using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>Splits a script that comes in bit by bit, and holds no more of it than the statement that it is at.</summary>
/// <param name="dialect">What the script is written in.</param>
/// <param name="text">The script.</param>
/// <param name="file">The file's path, for error messages only.</param>
/// <param name="substitutions">The placeholders that have their values in it; the text adds each as it is read.</param>
/// <param name="windowSize">How many characters are read at once, at least.</param>
internal sealed class SqlStatementReader(SqlDialect dialect, TextReader text, string? file, List<Substitution> substitutions, int windowSize = 64 * 1024)
{
    private readonly BlockTracker _blocks = dialect.CreateBlockTracker();
    private readonly DialectTracker? _tracker = dialect.CreateDialectTracker();
    private SqlDialect _dialect = dialect;

    public IEnumerable<ScriptStatement> ReadAll()
    {
        using var window = new ScriptWindow(text, substitutions, windowSize);
        do
        {
            window.Fill();
            while (ReadNext(window) is { } statement)
            {
                _dialect = _tracker?.Pass(statement) ?? _dialect;
                yield return statement;

                // Whoever wanted its rows has read them by now.
                statement.Rows?.Skip();
            }
        }
        while (!window.IsFinal);
    }

    private ScriptStatement? ReadNext(ScriptWindow window)
    {
        var start = window.Position;
        var splitter = new SqlSplitter(window.Text, window.IsFinal, _dialect, _blocks, window.Position, file, window.Substitutions);
        if (!splitter.Read())
        {
            return null;
        }

        var code = splitter.Code.ToString();
        var rows = splitter.Kind == StatementKind.CopyFromStdin ? RowsOf(code, splitter.CodePosition, window) : null;
        window.Take(splitter.Consumed, splitter.Position);
        return new ScriptStatement(code, splitter.CodePosition, splitter.Kind, _dialect, window.SubstitutionsFrom(splitter.CodePosition), rows)
        {
            Leading = ScriptTrivia.IsComment(splitter.Leading) ? ScriptTrivia.Of(splitter.Leading, start, window.Substitutions) : ScriptTrivia.None,
            Trailing = ScriptTrivia.IsComment(splitter.Trailing)
                ? ScriptTrivia.Of(splitter.Trailing, splitter.CodePosition.Advance(splitter.Code, window.Substitutions), window.Substitutions)
                : ScriptTrivia.None,
        };
    }

    private CopyRows? RowsOf(string statement, TextPosition position, ScriptWindow window)
    {
        var location = new SourceLocation(file, position.Line, position.Column);
        return _dialect.FindCopyFormat(statement) switch
        {
            null => null,
            CopyFormat.Binary => throw Errors.CopyBinary(location),
            var format => new CopyRows(window, format.Value, location),
        };
    }
}
