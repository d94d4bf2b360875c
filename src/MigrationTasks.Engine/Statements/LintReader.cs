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
