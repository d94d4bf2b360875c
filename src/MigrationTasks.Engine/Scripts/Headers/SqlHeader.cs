namespace MigrationTasks.Engine.Scripts.Headers;

/// <summary>The header of an SQL script: the comments at its top, one <c>-- Key: value</c> a line.</summary>
internal static class SqlHeader
{
    private const string Comment = "--";
    private const string RulerCharacters = "-=*#_~+/";
    private const int ShortestRuler = 3;

    /// <summary>Reads the comments at the top of a script, up to the first line that is neither blank nor a comment.</summary>
    /// <param name="text">The script.</param>
    public static MigrationHeader Read(string text)
    {
        using var reader = new StringReader(text);
        return Read(reader, out _);
    }

    /// <summary>Reads the comments at the top of a script, and nothing after the first line that is neither blank nor a comment.</summary>
    /// <param name="text">The script, or as much of its beginning as there is.</param>
    /// <param name="isWhole">Whether that line was there: if not, more text could be more of the header.</param>
    public static MigrationHeader Read(TextReader text, out bool isWhole)
    {
        var header = new HeaderBuilder();
        var suspects = new List<HeaderSuspect>();
        HeaderRow? open = null;
        isWhole = false;
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            isWhole = !IsHeader(line);
            if (isWhole)
            {
                break;
            }

            var content = ContentOf(line);
            if (content.IndexOf(':') is > 0 and var colon && HeaderRow.OfKey(content[..colon]) is { } row)
            {
                content = content[(colon + 1)..].TrimStart();
                open = row.Kind == HeaderKind.Statements ? row : null;
                if (row.Kind is HeaderKind.Text or HeaderKind.List)
                {
                    var values = row.Kind == HeaderKind.Text ? new[] { content.ToString() } : SplitList(content.ToString());
                    header.Add(row, row.Key, values.Select(value => new HeaderLine(value, number, 0)));
                }
            }
            else
            {
                open = EndsBlock(content) ? null : open;
                if (open is null && HeaderSuspect.Of(number, content) is { } suspect)
                {
                    suspects.Add(suspect);
                }
            }

            if (open is not null && !content.IsEmpty)
            {
                var before = line.AsSpan(0, line.AsSpan().TrimEnd().Length - content.Length);
                header.Add(open, open.Key, [new HeaderLine(content.ToString(), number, TextPosition.Start.Advance(before).Column)]);
            }
        }

        return header.Build(suspects);
    }

    private static bool IsHeader(string line)
    {
        var content = line.AsSpan().Trim();
        return content.IsEmpty || content.StartsWith(Comment, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<char> ContentOf(string line)
    {
        var content = line.AsSpan().Trim();
        return content.IsEmpty ? content : content[Comment.Length..].Trim();
    }

    // A block goes on over the comments directly below it. Nothing shorter is safe: the line that a cleverer rule would leave out
    // by mistake may be the WHERE of a DELETE.
    private static bool EndsBlock(ReadOnlySpan<char> content) =>
        content.IsEmpty || (content.Length >= ShortestRuler && RulerCharacters.Contains(content[0], StringComparison.Ordinal) && !content.ContainsAnyExcept(content[0]));

    private static string[] SplitList(string value) =>
        value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
