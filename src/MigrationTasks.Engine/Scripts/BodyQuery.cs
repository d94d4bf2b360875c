namespace MigrationTasks.Engine.Scripts;

/// <summary>Finds a query that PL/pgSQL reports in the source that it took the query from.</summary>
internal static class BodyQuery
{
    private const string Reported = "SELECT";
    private const string Written = "PERFORM";

    /// <summary>Turns an index into the query into an index into the source, both in UTF-16 code units.</summary>
    /// <param name="source">The source of the function or block.</param>
    /// <param name="query">The query as the database reports it.</param>
    /// <param name="index">The index into the query.</param>
    /// <param name="from">Where in the source the statement starts that ran the query, if that is known.</param>
    /// <returns><see langword="null"/> when the query is not there, or more than once without telling which.</returns>
    public static int? Locate(string source, string query, int index, int? from)
    {
        if (Find(source, query, from) is { } start)
        {
            return start + index;
        }

        var isRewritten = query.StartsWith(Reported, StringComparison.Ordinal);
        return isRewritten && Find(source, Written + query[Reported.Length..], from) is { } perform
            ? perform + index + (index < Reported.Length ? 0 : Written.Length - Reported.Length)
            : null;
    }

    private static int? Find(string source, string query, int? from)
    {
        var (first, last) = (-1, -1);
        for (var start = 0; start <= source.Length - query.Length; start++)
        {
            if (!Matches(source.AsSpan(start, query.Length), query))
            {
                continue;
            }

            if (start >= from)
            {
                return start;
            }

            first = first < 0 ? start : first;
            last = start;
        }

        return first >= 0 && first == last ? first : null;
    }

    // PL/pgSQL reports blanks for an INTO clause, so that places after it stay right.
    private static bool Matches(ReadOnlySpan<char> source, string query)
    {
        for (var index = 0; index < query.Length; index++)
        {
            if (query[index] != ' ' && char.ToUpperInvariant(query[index]) != char.ToUpperInvariant(source[index]))
            {
                return false;
            }
        }

        return true;
    }
}
