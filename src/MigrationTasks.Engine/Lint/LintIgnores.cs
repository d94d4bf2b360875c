using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Lint;

/// <summary>What the <c>Lint</c> comments of a file silence, and what is wrong with them.</summary>
internal sealed class LintIgnores
{
    private readonly IReadOnlyList<LintIgnore> _ignores;
    private readonly IReadOnlySet<string> _codes;
    private readonly Dictionary<string, (int[] First, int[] Last)> _silent;

    /// <param name="ignores">The comments.</param>
    /// <param name="codes">The codes that they may name.</param>
    public LintIgnores(IReadOnlyList<LintIgnore> ignores, IReadOnlySet<string> codes)
    {
        (_ignores, _codes) = (ignores, codes);
        _silent = ignores.SelectMany(ignore => ignore.Codes.Select(code => (Code: code, Ignore: ignore)))
            .GroupBy(entry => entry.Code, entry => entry.Ignore)
            .ToDictionary(group => group.Key, group => Ranges([.. group.OrderBy(ignore => ignore.FirstLine)]));
    }

    /// <summary>Whether a comment silences a warning.</summary>
    public bool Cover(Diagnostic warning)
    {
        if (!_silent.TryGetValue(warning.Code, out var ranges))
        {
            return false;
        }

        var last = CountUpTo(ranges.First, warning.Location.Line) - 1;
        return last >= 0 && ranges.Last[last] >= warning.Location.Line;
    }

    /// <summary>Judges the comments themselves.</summary>
    /// <param name="found">What the rules found, silenced or not.</param>
    public IEnumerable<Diagnostic> Judge(IEnumerable<Diagnostic> found)
    {
        var lines = found.GroupBy(warning => warning.Code, warning => warning.Location.Line).ToDictionary(group => group.Key, group => group.Order().ToArray());
        return _ignores.SelectMany(ignore => Judge(ignore, code => IsUsed(ignore, lines.GetValueOrDefault(code, []))));
    }

    private IEnumerable<Diagnostic> Judge(LintIgnore ignore, Func<string, bool> isUsed)
    {
        if (ignore.Codes.Count == 0)
        {
            return [Unclear(ignore, null)];
        }

        var unknown = ignore.Codes.Where(code => !_codes.Contains(code)).ToList();
        return unknown.Select(code => Unclear(ignore, code))
            .Concat(ignore.Reason.Length == 0 ? [Errors.LintReason(ignore.Location)] : [])
            .Concat(ignore.Codes.Except(unknown).Where(code => !isUsed(code)).Select(code => ignore.IsField ? Errors.LintFieldUnused(ignore.Location, code) : Errors.LintUnused(ignore.Location, code)));
    }

    private static Diagnostic Unclear(LintIgnore ignore, string? code) => ignore.IsField ? Errors.LintField(ignore.Location, code) : Errors.LintComment(ignore.Location, code);

    private static bool IsUsed(LintIgnore ignore, int[] lines) => CountUpTo(lines, ignore.LastLine) > CountUpTo(lines, ignore.FirstLine - 1);

    // Of several ranges that start before a line, the one that ends last says whether the line is in one.
    private static (int[] First, int[] Last) Ranges(LintIgnore[] ignores)
    {
        var last = new int[ignores.Length];
        for (var i = 0; i < last.Length; i++)
        {
            last[i] = Math.Max(ignores[i].LastLine, i > 0 ? last[i - 1] : 0);
        }

        return ([.. ignores.Select(ignore => ignore.FirstLine)], last);
    }

    // How many of some sorted numbers are not greater than another.
    private static int CountUpTo(int[] sorted, int number)
    {
        var (first, end) = (0, sorted.Length);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = sorted[middle] <= number ? (middle + 1, end) : (first, middle);
        }

        return first;
    }
}
