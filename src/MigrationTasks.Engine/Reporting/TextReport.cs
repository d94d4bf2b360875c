using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did as plain text: a line for each database with its outcome, and below it an aligned table.</summary>
public static class TextReport
{
    private const string DatabaseIndent = "  ";
    private const string RowIndent = "    ";

    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<DatabaseReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return string.Join("\n" + DatabaseIndent, reports.Where(report => report.Database.Length > 0).Select(report =>
            string.Join('\n', report.Blocks.SelectMany(rows => TextTable.Lines(RowIndent, [.. rows])).Prepend(Result(report)))));
    }

    /// <summary>The result of one database in one line: <c>sqlite app.db: 3 migrations applied in 41 ms</c>.</summary>
    /// <param name="report">The report of the database.</param>
    public static string Result(DatabaseReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"{PlainText.Of($"{report.DisplayName} {report.Target}")}: {report.Outcome}";
    }
}
