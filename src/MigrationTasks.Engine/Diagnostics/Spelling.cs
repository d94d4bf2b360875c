namespace MigrationTasks.Engine.Diagnostics;

/// <summary>Finds what somebody meant who made a typing error.</summary>
public static class Spelling
{
    /// <summary>The text that is nearest to another, when it is near enough to be meant.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    /// <returns><see langword="null"/> when nothing is: more than a third of the letters would have to be others.</returns>
    public static string? Nearest(string text, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        return known
            .Select(candidate => (Candidate: candidate, Distance: Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(near => near.Distance <= Math.Min(text.Length, near.Candidate.Length) / 3)
            .OrderBy(near => near.Distance)
            .Select(near => near.Candidate)
            .FirstOrDefault();
    }

    // How many letters must be added, left out, exchanged for another, or swapped with their neighbour.
    private static int Distance(string a, string b)
    {
        var steps = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                steps[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1,
                        steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[a.Length, b.Length];
    }
}
