using MigrationTasks.Engine.Lint;
using MigrationTasks.PostgreSql.Lint.Rules;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.PostgreSql.Lint;

/// <summary>What lint knows of PostgreSQL, from version 11 on, and of Supabase.</summary>
internal static class PostgreSqlLint
{
    private static readonly IReadOnlyList<LintRule> Rules =
    [
        new("MIG5001", IndexRules.Creation),
        new("MIG5002", IndexRules.Removal),
        new("MIG5003", IndexRules.Rebuild),
        new("MIG5004", IndexRules.HiddenInvalid),
        new("MIG5010", ConstraintRules.ForeignKeys),
        new("MIG5011", ConstraintRules.Checks),
        new("MIG5012", ConstraintRules.Uniqueness),
        new("MIG5013", ConstraintRules.Exclusions),
        new("MIG5014", ConstraintRules.NotNull),
        new("MIG5015", ConstraintRules.ValidatedAtOnce),
        new("MIG5016", RewriteRules.TypeChanges),
        new("MIG5017", RewriteRules.VolatileDefaults),
        new("MIG5018", RewriteRules.ComputedColumns),
        LintRules.RequiredColumns,
        .. LintRules.Removals,
        new("MIG5034", EnumRules.RenamedValues),
        LintRules.DeletedRows,
        LintRules.UpdatedRows,
        new("MIG5050", LockRules.Unlimited),
        new("MIG5051", LockRules.SeveralTables),
        new("MIG5052", EnumRules.UsedAtOnce),
        LintRules.MissingRollback,
    ];

    /// <summary>PostgreSQL.</summary>
    public static LintProfile PostgreSql { get; } = Of(Rules);

    /// <summary>Supabase: PostgreSQL whose exposed schemas can be reached from anywhere.</summary>
    public static LintProfile Supabase { get; } = Of([.. Rules, new("MIG5061", RowSecurityRule.Missing)]);

    private static LintProfile Of(IReadOnlyList<LintRule> rules) => new(PostgreSqlDialect.Instance, PostgreSqlActionReader.InPublic, rules);
}
