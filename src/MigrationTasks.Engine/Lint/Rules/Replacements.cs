using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>
/// The way to change what <c>ALTER TABLE</c> cannot: a new table gets the rows of the old one, and takes its name. Either the
/// new one is renamed in the end, or the old one steps aside first.
/// </summary>
internal sealed class Replacements
{
    private readonly HashSet<SqlName> _renamedTo;
    private readonly HashSet<SqlName> _createdAs;
    private readonly HashSet<SqlName> _created = [];
    private readonly Dictionary<SqlName, SqlName> _firstNames = [];

    public Replacements(MigrationSketch migration)
    {
        _renamedTo = [.. migration.Steps.Where(step => step.IsNew).Select(step => step.Action).OfType<RenameTable>().Select(rename => rename.To)];
        _createdAs = [.. migration.Steps.Select(step => step.Action).Where(action => action is CreateTable or CreateView).Select(action => ((TableAction)action).Table)];
    }

    /// <summary>Whether the migration gives a name to another table or view.</summary>
    public bool GivesName(SqlName name) => _renamedTo.Contains(name) || _createdAs.Contains(name);

    /// <summary>Whether another table has the rows of one that is dropped now.</summary>
    public bool HasRowsOf(SqlName dropped)
    {
        var first = _firstNames.GetValueOrDefault(dropped, dropped);
        return _renamedTo.Contains(first) || _created.Contains(first);
    }

    /// <summary>Takes in an action that comes before the next question.</summary>
    public void Follow(SqlAction action)
    {
        if (action is CreateTable create)
        {
            _created.Add(create.Table);
        }
        else if (action is RenameTable rename)
        {
            _firstNames[rename.To] = _firstNames.GetValueOrDefault(rename.Table, rename.Table);
        }
    }
}
