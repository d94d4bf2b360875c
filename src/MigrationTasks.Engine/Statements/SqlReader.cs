using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads a migration that is SQL: its statements, and the <c>Lint</c> comments in it.</summary>
/// <param name="dialect">What it is written in.</param>
/// <param name="actions">Reads what a statement does.</param>
/// <param name="file">The file's path.</param>
internal sealed class SqlReader(SqlDialect dialect, ActionReader actions, string file) : LintReader
{
    private readonly IgnoreReader _ignores = new(dialect.Lexicon, file);

    public override IReadOnlyList<LintIgnore> Ignores => _ignores.Ignores;

    public override IReadOnlyList<SqlAction> Read(ScriptStatement statement)
    {
        _ignores.Read(statement);
        return actions.Read(statement, file);
    }

    public override UseEnumValue? FindUse(ScriptStatement statement, IReadOnlyList<AddEnumValue> values) => actions.FindUse(statement, file, values);
}
