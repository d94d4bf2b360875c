namespace MigrationTasks.Engine.Scripts;

/// <summary>The source of a function or block, quoted inside the statement that defines it.</summary>
/// <param name="Start">Where it starts in the statement's text, right after the opening quote, in UTF-16 code units.</param>
/// <param name="Length">Its length as written, in UTF-16 code units.</param>
/// <param name="DoublesQuotes">Whether a <c>'</c> of the source is written twice.</param>
public readonly record struct QuotedBody(int Start, int Length, bool DoublesQuotes)
{
    /// <summary>The source as the database sees it.</summary>
    /// <param name="statement">The statement's text.</param>
    internal string Decode(string statement)
    {
        var written = statement.Substring(Start, Length);
        return DoublesQuotes ? written.Replace("''", "'", StringComparison.Ordinal) : written;
    }

    /// <summary>Turns an index into the decoded source into an index into the statement's text.</summary>
    /// <param name="statement">The statement's text.</param>
    /// <param name="decodedIndex">The index, in UTF-16 code units.</param>
    internal int ToStatementIndex(string statement, int decodedIndex)
    {
        var index = Start;
        for (var remaining = decodedIndex; remaining > 0; remaining--)
        {
            index += DoublesQuotes && statement[index] == '\'' ? 2 : 1;
        }

        return index;
    }
}
