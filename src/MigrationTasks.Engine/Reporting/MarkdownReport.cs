using System.Globalization;
using System.Text;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did as GitHub-flavoured Markdown, for the summary page of a pipeline.</summary>
public static class MarkdownReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="maximumRows">How many migrations, and how many problems, are listed at most: summary pages have a size limit.</param>
    public static string Of(ProjectReport report, int maximumRows = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {(report.Succeeded ? "✅" : "❌")} Database migrations: {Escape(report.Project)}\n\n");
        foreach (var database in report.Databases)
        {
            Append(text, database, report, maximumRows);
        }

        return text.ToString();
    }

    /// <summary>Makes text safe inside a Markdown table: it shows as it is, on one line, whatever it contains.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        var plain = PlainText.Of(text);
        var escaped = new StringBuilder();
        for (var i = 0; i < plain.Length; i++)
        {
            // As entities, since some of these keep a meaning behind a backslash: $ starts a formula.
            _ = HasMeaning(plain, i)
                ? escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)plain[i]};")
                : escaped.Append(plain[i]);
        }

        return escaped.ToString();
    }

    private static bool HasMeaning(string text, int index) => text[index] switch
    {
        // Inside a word it means nothing, and file names are full of it.
        '_' => index == 0 || index == text.Length - 1 || !char.IsLetterOrDigit(text[index - 1]) || !char.IsLetterOrDigit(text[index + 1]),
        // Addresses become links by themselves, and :words: pictures.
        ':' => index + 1 < text.Length && text[index + 1] != ' ',
        '.' => text.AsSpan(0, index).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        var character => "\\`*{}[]<>|~#$&@!^".Contains(character, StringComparison.Ordinal),
    };

    private static void Append(StringBuilder text, DatabaseReport database, ProjectReport report, int maximumRows)
    {
        if (database.Database.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"**{Escape(TextReport.Result(database))}**\n\n");
        }

        var (headings, rows) = database.Overview;
        if (rows.Count > 0)
        {
            AppendRow(text, headings);
            AppendRow(text, headings.Select(heading => heading == ReportTable.Time ? "---:" : "---"));
            foreach (var row in rows.Take(maximumRows))
            {
                AppendRow(text, row.Select(Escape));
            }

            text.Append(rows.Count > maximumRows ? $"| … and {rows.Count - maximumRows} more |{string.Concat(Enumerable.Repeat(" |", headings.Count - 1))}\n\n" : "\n");
        }

        foreach (var problem in database.Errors.Concat(database.Warnings).Take(maximumRows))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Problem(problem, report)}\n");
        }

        var problems = database.Errors.Count + database.Warnings.Count;
        text.Append(problems > maximumRows ? $"- … and {problems - maximumRows} more\n\n" : problems > 0 ? "\n" : "");
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Problem(Diagnostic problem, ProjectReport report)
    {
        var severity = problem.Severity == DiagnosticSeverity.Error ? "❌" : "⚠️";
        var place = problem.Location.File is { } file ? $" {Escape((problem.Location with { File = report.Shorten(file) }).ToString())}:" : "";
        return $"{severity} **{problem.Code}**{place} {Escape(problem.Message)}";
    }
}
