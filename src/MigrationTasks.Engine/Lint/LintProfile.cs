using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint;

/// <summary>What lint knows of a kind of database: how its scripts are read, and which rules make sense there.</summary>
public sealed class LintProfile
{
    private readonly Func<Migration, LintReader> _open;

    private LintProfile(SqlDialect dialect, SqlNaming naming, IReadOnlyList<LintRule> rules)
        : this(migration => new SqlReader(dialect, naming, migration.Path), rules)
    {
    }

    private LintProfile(Func<Migration, LintReader> open, IReadOnlyList<LintRule> rules)
    {
        _open = open;
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

    /// <summary>MongoDB from version 4.4 on, whose migrations are commands as Extended JSON.</summary>
    public static LintProfile MongoDb { get; } = new(migration => new MongoDbReader(migration.Header, migration.Path), LintRules.MongoDb);

    internal IReadOnlyList<LintRule> Rules { get; }

    /// <summary>Begins to read a migration.</summary>
    internal LintReader Open(Migration migration) => _open(migration);
}
