using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>
/// Finds the <c>Lint</c> comments of a script. One is about the statement that it stands in, or at whose end it stands, or
/// else about the one that follows; at the top of the file and with an empty line behind it, it is about all of them.
/// </summary>
/// <param name="lexicon">What characters mean.</param>
/// <param name="file">The file's path.</param>
/// <param name="others">The codes that do not begin as ours do.</param>
internal sealed class IgnoreReader(SqlLexicon lexicon, string file, IReadOnlyCollection<string> others)
{
    private static readonly (int First, int Last) WholeFile = (1, int.MaxValue);
    private static readonly (int First, int Last) Nothing = (0, 0);

    private readonly List<LintIgnore> _found = [];
    private ScriptStatement? _previous;

    public IReadOnlyList<LintIgnore> Ignores => _found;

    /// <summary>Reads the comments before and in the next statement.</summary>
    public void Read(ScriptStatement statement)
    {
        if (statement.Leading.Text.Length > 0)
        {
            ReadLeading(statement);
        }

        if (statement.Text.Contains(LintIgnore.Key, StringComparison.OrdinalIgnoreCase))
        {
            ReadInside(statement);
        }

        ReadTrivia(statement.Trailing, (_, _) => LinesOf(statement));
        _previous = statement.Text.Length > 0 ? statement : _previous;
    }

    private void ReadLeading(ScriptStatement statement)
    {
        var previous = _previous;
        var headerEnd = previous is null ? LastEmptyLine(statement.Leading.Text) : 0;
        ReadTrivia(statement.Leading, (start, line) => previous switch
        {
            not null when line == statement.Leading.Position.Line => LinesOf(previous),
            _ when start < headerEnd => WholeFile,
            _ => statement.Text.Length > 0 ? LinesOf(statement) : Nothing,
        });
    }

    private void ReadTrivia(ScriptTrivia trivia, Func<int, int, (int First, int Last)> linesOf)
    {
        var places = trivia.Places;
        foreach (var (start, comment) in LineComments.In(trivia.Text, lexicon).Where(found => LintIgnore.IsOne(found.Comment)))
        {
            var place = places.Of(start);
            Add(comment, place, linesOf(start, place.Line));
        }
    }

    private void ReadInside(ScriptStatement statement)
    {
        var places = statement.Places;
        var lines = LinesOf(statement);
        var gap = 0;
        for (var token = new SqlTokens(statement.Text, lexicon); !token.AtEnd; token.Skip())
        {
            foreach (var (start, comment) in LineComments.In(statement.Text[gap..token.Start], lexicon).Where(found => LintIgnore.IsOne(found.Comment)))
            {
                Add(comment, places.Of(gap + start), lines);
            }

            gap = token.Start + token.Text.Length;
        }
    }

    private void Add(string comment, TextPosition place, (int First, int Last) lines) =>
        _found.Add(LintIgnore.Parse(comment, new SourceLocation(file, place.Line, place.Column), others) with { FirstLine = lines.First, LastLine = lines.Last });

    private static (int First, int Last) LinesOf(ScriptStatement statement) => (statement.Line, statement.Places.Of(statement.Text.Length).Line);

    // The last line is the one that the code starts in, and none of the comments'.
    private static int LastEmptyLine(string text)
    {
        var last = 0;
        for (var start = 0; text.IndexOf('\n', start) is >= 0 and var end; start = end + 1)
        {
            last = string.IsNullOrWhiteSpace(text[start..end]) ? start : last;
        }

        return last;
    }
}
