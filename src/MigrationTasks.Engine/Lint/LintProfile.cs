using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint;

/// <summary>What lint knows of a kind of database: how its migrations are read, and which rules make sense there.</summary>
public sealed class LintProfile
{
    private readonly Func<Migration, LintReader> _open;

    /// <summary>A database whose migrations are SQL.</summary>
    /// <param name="dialect">What they are written in.</param>
    /// <param name="actions">Reads what a statement does.</param>
    /// <param name="rules">The rules that make sense there.</param>
    internal LintProfile(SqlDialect dialect, ActionReader actions, IReadOnlyList<LintRule> rules)
        : this(migration => new SqlReader(dialect, actions, migration.Path), rules)
    {
    }

    /// <summary>A database whose migrations are something else.</summary>
    /// <param name="open">Begins to read a migration.</param>
    /// <param name="rules">The rules that make sense there.</param>
    internal LintProfile(Func<Migration, LintReader> open, IReadOnlyList<LintRule> rules)
    {
        _open = open;
        Rules = rules;
    }

    internal IReadOnlyList<LintRule> Rules { get; }

    /// <summary>Begins to read a migration.</summary>
    internal LintReader Open(Migration migration) => _open(migration);
}
