using MigrationTasks.Engine.Lint.Reading;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Lint;

/// <summary>What lint knows of a kind of database: how its scripts are read, and which rules make sense there.</summary>
public sealed class LintProfile
{
    private LintProfile(SqlDialect dialect, SqlNaming naming, IReadOnlyList<LintRule> rules)
    {
        Dialect = dialect;
        Naming = naming;
        Rules = rules;
    }

    /// <summary>PostgreSQL from version 11 on.</summary>
    public static LintProfile PostgreSql { get; } = new(SqlDialect.PostgreSql, SqlNaming.PostgreSql, LintRules.PostgreSql);

    /// <summary>Supabase: PostgreSQL whose exposed schemas can be reached from anywhere.</summary>
    public static LintProfile Supabase { get; } = new(SqlDialect.PostgreSql, SqlNaming.PostgreSql, LintRules.Supabase);

    /// <summary>MySQL and MariaDB.</summary>
    public static LintProfile MySql { get; } = new(SqlDialect.MySql, SqlNaming.MySql, LintRules.MySql);

    /// <summary>SQLite.</summary>
    public static LintProfile Sqlite { get; } = new(SqlDialect.Sqlite, SqlNaming.Sqlite, LintRules.Sqlite);

    internal SqlDialect Dialect { get; }

    internal SqlNaming Naming { get; }

    internal IReadOnlyList<LintRule> Rules { get; }
}
