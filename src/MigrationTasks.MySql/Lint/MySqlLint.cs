using MigrationTasks.Engine.Lint;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.MySql.Lint;

/// <summary>What lint knows of MySQL and MariaDB.</summary>
internal static class MySqlLint
{
    public static LintProfile Profile { get; } = new(
        MySqlDialect.Instance,
        new MySqlActionReader(MySqlActionReader.Naming),
        [.. LintRules.Removals, LintRules.DeletedRows, LintRules.UpdatedRows, LintRules.MissingRollback]);
}
