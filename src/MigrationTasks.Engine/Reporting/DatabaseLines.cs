using MigrationTasks.Engine.Commands;

namespace MigrationTasks.Engine.Reporting;

/// <summary>The shape that the result of every command has: for each database a line with its outcome, and below it an aligned table.</summary>
internal static class DatabaseLines
{
    private const string DatabaseIndent = "  ";
    private const string RowIndent = "    ";

    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    /// <param name="outcome">What came of it, in a few words.</param>
    /// <param name="rows">The cells of the table's rows.</param>
    /// <param name="notes">Lines below the table, plain already.</param>
    public static string Of<TReport>(IEnumerable<TReport> reports, Func<TReport, string> outcome, Func<TReport, IEnumerable<string[]>> rows, Func<TReport, IEnumerable<string>>? notes = null)
        where TReport : DatabaseReport
    {
        ArgumentNullException.ThrowIfNull(reports);
        return string.Join("\n" + DatabaseIndent, reports.Where(report => report.Database.Length > 0).Select(report =>
        {
            var table = new TextTable(RowIndent);
            foreach (var row in rows(report))
            {
                table.Add(row);
            }

            return string.Join('\n', table.Lines().Prepend($"{RunSummary.Title(report)}: {outcome(report)}").Concat((notes?.Invoke(report) ?? []).Select(note => RowIndent + note)));
        }));
    }
}
