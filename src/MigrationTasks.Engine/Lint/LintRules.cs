using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Rules;

namespace MigrationTasks.Engine.Lint;

/// <summary>The rules that make sense for several kinds of databases, and the codes of all.</summary>
internal static class LintRules
{
    /// <summary>New columns that rows which are there could not have.</summary>
    public static LintRule RequiredColumns { get; } = new("MIG5019", ColumnRules.RequiredColumns);

    /// <summary>What a running application still uses.</summary>
    public static IReadOnlyList<LintRule> Removals { get; } =
    [
        new("MIG5030", RemovalRules.DroppedTables),
        new("MIG5031", RemovalRules.DroppedColumns),
        new("MIG5032", RemovalRules.RenamedTables),
        new("MIG5033", RemovalRules.RenamedColumns),
    ];

    /// <summary>Statements that remove all rows.</summary>
    public static LintRule DeletedRows { get; } = new("MIG5040", RowRules.Deleted);

    /// <summary>Statements that change all rows.</summary>
    public static LintRule UpdatedRows { get; } = new("MIG5041", RowRules.Updated);

    /// <summary>Migrations that nothing undoes.</summary>
    public static LintRule MissingRollback { get; } = new("MIG5060", RollbackRule.Missing);

    /// <summary>What makes sense wherever migrations are SQL.</summary>
    public static IReadOnlyList<LintRule> Standard { get; } = [RequiredColumns, .. Removals, DeletedRows, MissingRollback];

    /// <summary>What the rule of an adapter found in the statements.</summary>
    public static LintRule Remarks(string code) => new(code, (migration, _) =>
        from step in migration.Steps
        where step.Action is Remark remark && remark.Code == code
        select new Diagnostic(DiagnosticSeverity.Warning, code, ((Remark)step.Action).Message, step.Action.Location));

    /// <summary>
    /// The codes that a <c>Lint</c> comment may name, those of every database: a file that names one of another database is told
    /// that it silences nothing, not that the code is unknown.
    /// </summary>
    public static IReadOnlySet<string> Codes { get; } = new[] { (5001, 5006), (5010, 5021), (5030, 5035), (5040, 5041), (5050, 5052), (5060, 5061) }
        .SelectMany(((int First, int Last) range) => Enumerable.Range(range.First, range.Last - range.First + 1))
        .Select(number => $"MIG{number}")
        .ToHashSet();
}
