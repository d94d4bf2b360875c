using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads a migration that is SQL: its statements, and the <c>Lint</c> comments in it.</summary>
/// <param name="dialect">What it is written in.</param>
/// <param name="naming">How names are compared.</param>
/// <param name="file">The file's path.</param>
internal sealed class SqlReader(SqlDialect dialect, SqlNaming naming, string file) : LintReader
{
    private readonly ActionReader _actions = new(dialect, naming);
    private readonly IgnoreReader _ignores = new(dialect.Lexicon, file);

    public override IReadOnlyList<LintIgnore> Ignores => _ignores.Ignores;

    public override IReadOnlyList<SqlAction> Read(ScriptStatement statement)
    {
        _ignores.Read(statement);
        return _actions.Read(statement, file);
    }

    public override UseEnumValue? FindUse(ScriptStatement statement, IReadOnlyList<AddEnumValue> values) => _actions.FindUse(statement, file, values);
}
