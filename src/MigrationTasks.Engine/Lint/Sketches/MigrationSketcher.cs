using MigrationTasks.Engine.Lint.Reading;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>Sketches a migration while its statements are read; of most statements nothing is kept.</summary>
/// <param name="migration">The migration.</param>
/// <param name="dialect">What it is written in.</param>
/// <param name="naming">How names are compared.</param>
/// <param name="schema">What the earlier migrations tell; what this one tells is added.</param>
internal sealed class MigrationSketcher(Migration migration, SqlDialect dialect, SqlNaming naming, SchemaSketch schema)
{
    private readonly ActionReader _reader = new(dialect, naming);
    private readonly IgnoreReader _ignores = new(dialect.Lexicon, migration.Path);
    private readonly List<LintStep> _steps = [];
    private readonly List<AddEnumValue> _newValues = [];

    /// <summary>Takes in the next statement, an empty one too: it may have comments.</summary>
    public void Add(ScriptStatement statement)
    {
        _ignores.Read(statement);
        var use = _newValues.Count > 0 ? _reader.FindUse(statement, migration.Path, _newValues) : null;
        foreach (var action in use is null ? _reader.Read(statement, migration.Path) : _reader.Read(statement, migration.Path).Append(use))
        {
            var step = new LintStep(action, schema.NameOf(action), schema.TableOf(action), schema.IsNew(action, migration));
            _steps.Add(step);
            schema.Apply(action, migration);
            if (action is AddEnumValue value && !step.IsNew)
            {
                _newValues.Add(value);
            }
        }
    }

    /// <summary>The sketch of the whole migration.</summary>
    public MigrationSketch Complete() => new(migration, _steps, _ignores.Ignores);
}
