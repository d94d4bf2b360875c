using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint;

/// <summary>What lint knows of a kind of database: how its migrations are read, and which rules make sense there.</summary>
public sealed class LintProfile
{
    private readonly Func<Migration, LintReader> _open;

    /// <summary>
    /// A database whose migrations are SQL as the standard has it: required columns, what a running application still uses, rows that are removed, and
    /// migrations that nothing undoes are judged as in all databases.
    /// </summary>
    /// <param name="dialect">What they are written in.</param>
    /// <param name="names">When the case of a name's letters counts.</param>
    /// <param name="rules">What is particular to the database.</param>
    public LintProfile(SqlDialect dialect, NameCase names, params IEnumerable<StatementRule> rules)
        : this(dialect, new ActionReader(new SqlNaming(names)), [.. rules])
    {
        ArgumentNullException.ThrowIfNull(dialect);
    }

    /// <summary>A database whose migrations are SQL.</summary>
    /// <param name="dialect">What they are written in.</param>
    /// <param name="actions">Reads what a statement does.</param>
    /// <param name="rules">The rules that make sense there.</param>
    internal LintProfile(SqlDialect dialect, ActionReader actions, IReadOnlyList<LintRule> rules)
        : this(migration => new SqlReader(dialect, actions, migration.Path, []), rules)
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

    private LintProfile(SqlDialect dialect, ActionReader actions, IReadOnlyList<StatementRule> own)
        : this(Open(dialect, actions, own), [.. LintRules.Standard, .. own.Select(rule => LintRules.Remarks(rule.Code))]) =>
        Codes = LintRules.Codes.Concat(CodesOf(own)).ToHashSet();

    internal IReadOnlyList<LintRule> Rules { get; }

    /// <summary>The codes that a <c>Lint</c> comment may name.</summary>
    internal IReadOnlySet<string> Codes { get; } = LintRules.Codes;

    /// <summary>Begins to read a migration.</summary>
    internal LintReader Open(Migration migration) => _open(migration);

    private static Func<Migration, LintReader> Open(SqlDialect dialect, ActionReader actions, IReadOnlyList<StatementRule> own)
    {
        var codes = CodesOf(own);
        return migration => new StatementRuleReader(new SqlReader(dialect, actions, migration.Path, codes), own, migration.Path);
    }

    private static HashSet<string> CodesOf(IEnumerable<StatementRule> own) => [.. own.Select(rule => rule.Code)];
}
