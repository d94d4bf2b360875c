using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>Sketches a migration while its statements are read; of most statements nothing is kept.</summary>
/// <param name="migration">The migration.</param>
/// <param name="reader">Reads its statements.</param>
/// <param name="schema">What the earlier migrations tell; what this one tells is added.</param>
internal sealed class MigrationSketcher(Migration migration, LintReader reader, SchemaSketch schema)
{
    private readonly List<LintStep> _steps = [];
    private readonly List<AddEnumValue> _newValues = [];

    /// <summary>Takes in the next statement, an empty one too: it may have comments.</summary>
    public void Add(ScriptStatement statement)
    {
        var use = _newValues.Count > 0 ? reader.FindUse(statement, _newValues) : null;
        foreach (var action in use is null ? reader.Read(statement) : reader.Read(statement).Append(use))
        {
            // Rows that are written down, and what only the session sees.
            if (action is InsertRows { From: null } or DropTable { IsTemporary: true })
            {
                continue;
            }

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
    public MigrationSketch Complete() => new(migration, _steps, reader.Ignores);
}
