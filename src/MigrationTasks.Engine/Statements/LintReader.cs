using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what the statements of a migration do, and what it wants to hear no warning of.</summary>
internal abstract class LintReader
{
    /// <summary>What the migration wants to hear no warning of, as far as it is read.</summary>
    public abstract IReadOnlyList<LintIgnore> Ignores { get; }

    /// <summary>Reads the next statement, an empty one too: it may have comments.</summary>
    public abstract IReadOnlyList<SqlAction> Read(ScriptStatement statement);

    /// <summary>Finds the first of some literals in a statement that runs at once, where a database has such.</summary>
    public virtual UseEnumValue? FindUse(ScriptStatement statement, IReadOnlyList<AddEnumValue> values) => null;
}

/// <summary>Reads a migration that is SQL: its statements, and the <c>Lint</c> comments in it.</summary>
/// <param name="dialect">What it is written in.</param>
/// <param name="actions">Reads what a statement does.</param>
/// <param name="file">The file's path.</param>
/// <param name="others">The codes besides ours that its comments may name.</param>
internal sealed class SqlReader(SqlDialect dialect, ActionReader actions, string file, IReadOnlyCollection<string> others) : LintReader
{
    private readonly IgnoreReader _ignores = new(dialect.Lexicon, file, others);

    public override IReadOnlyList<LintIgnore> Ignores => _ignores.Ignores;

    public override IReadOnlyList<SqlAction> Read(ScriptStatement statement)
    {
        _ignores.Read(statement);
        return actions.Read(statement, file);
    }

    public override UseEnumValue? FindUse(ScriptStatement statement, IReadOnlyList<AddEnumValue> values) => actions.FindUse(statement, file, values);
}
