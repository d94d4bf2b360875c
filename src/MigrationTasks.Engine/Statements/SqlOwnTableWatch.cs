using System.Buffers;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Statements;

/// <summary>
/// What the dialects of SQL have in common: what actions do to the tables. Only statements are read that have a word in them which
/// matters; of most, that is all that is looked for.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="reader">Reads what statements do, with the schemas of names as they are written.</param>
/// <param name="comparison">How names are compared, once they are read.</param>
/// <param name="words">What stands in statements that matter without naming one of the tables.</param>
internal abstract class SqlOwnTableWatch(OwnTableSet tables, ActionReader reader, StringComparison comparison, params string[] words) : OwnTableWatch(tables)
{
    // In a name that is quoted, a quote would stand there twice.
    private readonly SearchValues<string> _words = SearchValues.Create(
        [.. words, .. new[] { tables.History, tables.Lock }.OfType<string>().Select(table => table.Split('"', '`', ']', '\'').MaxBy(part => part.Length)!)], StringComparison.OrdinalIgnoreCase);

    // A temporary table of the same name, which is found first.
    private readonly HashSet<string> _hidden = new(StringComparer.FromComparison(comparison));

    /// <inheritdoc/>
    public sealed override OwnTableHit? Read(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        OwnTableHit? found = null;
        foreach (var action in MayMatter(statement) ? ActionsOf(statement) : [])
        {
            var hit = Read(action);
            found ??= hit;
        }

        return found;
    }

    /// <summary>Whether a statement is worth to be read.</summary>
    protected virtual bool MayMatter(ScriptStatement statement) => statement.Text.AsSpan().ContainsAny(_words);

    /// <summary>What a statement does.</summary>
    protected virtual IEnumerable<SqlAction> ActionsOf(ScriptStatement statement) => reader.Read(statement, null);

    /// <summary>What an action does to one of the tables.</summary>
    protected virtual OwnTableHit? Read(SqlAction action)
    {
        switch (action)
        {
            case DropTable { Table: var table } drop:
                return HitOfDrop(table, drop.IsTemporary);
            case DropObject { Kind: SqlObjectKind.View, Name: var view }:
                return HitOfDrop(view, isTemporary: false);
            case CreateTable { IsTemporary: true, Table: var table }:
                _hidden.Add(table.Name.Value);
                return null;
            case CreateView { IsTemporary: true, Table: var view }:
                _hidden.Add(view.Name.Value);
                return null;
            case CreateTable or CreateView when !action.IsConditional:
                return Hit(((TableAction)action).Table, action.Replaces ? OwnTableThreat.Drop : OwnTableThreat.Create);
            case RenameTable { Table: var from, To: var to }:
                return HitOfRename(from, to);
            case RenameObject { Kind: SqlObjectKind.Table or SqlObjectKind.Index, Name: var from, To: var to }:
                return HitOfRename(from, to);
            case RenameColumn or DropColumn:
                return Hit(((TableAction)action).Table, OwnTableThreat.Rename);
            case AddConstraint { Constraint.Kind: SqlConstraintKind.PrimaryKey, Table: var table } when Own(table) is { } own:
                return new OwnTableHit(OwnTableThreat.Create, own);
            case AddColumn { Table: var table } add when add.Column.Constraints.Any(constraint => constraint.Kind == SqlConstraintKind.PrimaryKey) && Own(table) is { } own:
                return new OwnTableHit(OwnTableThreat.Create, own);
            case DeleteAllRows { Table: var table }:
                return Hit(table, OwnTableThreat.Empty);
            case InsertRows { Table: var table }:
                return Hit(table, OwnTableThreat.Fill);
            default:
                return null;
        }
    }

    /// <summary>Whether a name without a schema may be in the schema of the tables, or is made there.</summary>
    protected abstract bool IsCurrent(bool creates);

    /// <summary>Whether a schema is the one that holds the tables.</summary>
    protected virtual bool IsHolder(string schema) => Tables.Schema is { } holder && holder.Equals(schema, comparison);

    private OwnTableHit? HitOfDrop(SqlName table, bool isTemporary)
    {
        var hit = isTemporary ? null : Hit(table, OwnTableThreat.Drop);
        if (table.Schema is null)
        {
            _hidden.Remove(table.Name.Value);
        }

        return hit;
    }

    private OwnTableHit? HitOfRename(SqlName from, SqlName to) => Hit(from, OwnTableThreat.Rename) ?? Hit(to, OwnTableThreat.Create);

    private OwnTableHit? Hit(SqlName name, OwnTableThreat threat) =>
        Own(name, creates: threat == OwnTableThreat.Create) is { } own ? new OwnTableHit(threat, own) : null;

    // The table that a name means, if it is one of ours.
    private string? Own(SqlName name, bool creates = false)
    {
        var table = name.Name.Value;
        var own = table.Equals(Tables.History, comparison) ? Tables.History : table.Equals(Tables.Lock, comparison) ? Tables.Lock : null;
        return own is not null && (name.Schema is { } schema ? IsHolder(schema.Value) : !_hidden.Contains(own) && IsCurrent(creates)) ? Tables.Qualify(own) : null;
    }
}
