using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MigrationTasks.Benchmarks.Measuring;

namespace MigrationTasks.Benchmarks;

/// <summary>What was measured, as Markdown: the tools beside each other, and what there is only of MigrationTasks.</summary>
/// <param name="server">The server's version.</param>
internal sealed class Report(string server)
{
    private readonly List<Comparison> _comparisons = [];
    private readonly List<Figure> _figures = [];

    public void Add(Comparison comparison)
    {
        _comparisons.Add(comparison);
        foreach (var result in comparison.Results)
        {
            Console.Error.WriteLine($"  {result.Tool}: {Cell(comparison, result)}");
        }
    }

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Console.Error.WriteLine($"  {figure.Title}: {figure.Value} ({figure.Spread})");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {server}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.\n\n");
        var comparisons = Compare();
        if (comparisons.Count > 0)
        {
            var tools = comparisons.SelectMany(comparison => comparison.Results).Select(result => result.Tool).Distinct();
            AppendRow(text, ["", .. comparisons.Select(comparison => comparison.Title)]);
            AppendRow(text, Enumerable.Repeat("---", comparisons.Count + 1));
            foreach (var tool in tools)
            {
                AppendRow(text, [tool, .. comparisons.Select(comparison => Cell(comparison, comparison.Results.FirstOrDefault(result => result.Tool == tool)))]);
            }

            text.Append('\n');
        }

        if (_figures.Count > 0)
        {
            AppendRow(text, ["MigrationTasks alone", "median", "best–worst"]);
            AppendRow(text, Enumerable.Repeat("---", 3));
            foreach (var figure in _figures)
            {
                AppendRow(text, [figure.Title, figure.Value, figure.Spread]);
            }
        }

        return text.ToString();
    }

    // Where few and many were applied, what each further migration costs follows from it.
    private List<Comparison> Compare()
    {
        var applied = _comparisons.Where(comparison => comparison.Applied is not null).ToList();
        return applied is [var few, var many]
            ? [.. _comparisons.SelectMany(comparison => comparison == many ? new[] { many, Comparison.Difference(few, many) } : [comparison])]
            : _comparisons;
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    // 1.23 s (1.20 s–1.31 s), 2.9×, 405 trips
    private static string Cell(Comparison comparison, ToolResult? result)
    {
        if (result is null or { Runs.Count: 0 })
        {
            return result?.Missing ?? "";
        }

        var spread = result.Runs.Count > 1 ? $" ({Duration(result.Fastest)}–{Duration(result.Slowest)})" : "";
        var own = comparison.Results[0];
        var ratio = result == own || own.Runs.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {result.Seconds / own.Seconds:0.0#}×");
        var trips = result.RoundTrips is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count} trips") : "";
        return $"{Duration(result.Seconds)}{spread}{ratio}{trips}";
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 0.01 => Format(seconds * 1000, "F2", "ms"),
        < 1 => Format(seconds * 1000, "F0", "ms"),
        < 10 => Format(seconds, "F2", "s"),
        _ => Format(seconds, "F1", "s"),
    };

    private static string Format(double value, string format, string unit) => $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
