using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>What the files of a folder tell of a database, one action after the other.</summary>
internal sealed class SchemaSketch
{
    private readonly Dictionary<SqlName, TableSketch> _tables = [];
    private readonly Dictionary<SqlName, (SqlName Table, Migration CreatedBy)> _indexes = [];
    private readonly Dictionary<SqlName, Migration> _types = [];
    private readonly Dictionary<SqlName, bool> _functions = [];
    private bool _securesNewTables;

    /// <summary>Which tables have the rows of which others.</summary>
    public RowCopies Copies { get; } = new();

    /// <summary>The tables that are there by now, and what is known of them.</summary>
    public IEnumerable<(SqlName Name, TableSketch Table)> Tables => _tables.Select(table => (table.Key, table.Value));

    /// <summary>Whether a file says that two calls of a function may differ; <see langword="null"/> when none defines it.</summary>
    public bool? IsVolatile(SqlName function) => _functions.TryGetValue(function, out var isVolatile) ? isVolatile : null;

    /// <summary>The name of the table that an action is about, if it is about one that is known.</summary>
    public SqlName? NameOf(SqlAction action) => action switch
    {
        TableAction { Table: var table } => table,
        DropIndex { Index: var index } when _indexes.TryGetValue(index, out var found) => found.Table,
        _ => null,
    };

    /// <summary>What is known of the table that an action is about.</summary>
    public TableSketch? TableOf(SqlAction action) => NameOf(action) is { } name ? _tables.GetValueOrDefault(name) : null;

    /// <summary>Whether what an action is about was created by the same migration.</summary>
    public bool IsNew(SqlAction action, Migration migration) =>
        TableOf(action)?.Origin?.CreatedBy == migration || action switch
        {
            DropIndex { Index: var index } => IsNewIndex(index, migration),
            DropTableIndex { Index: { } index } => IsNewIndex(index, migration),
            AddEnumValue { Type: var type } => _types.GetValueOrDefault(type) == migration,
            RenameEnumValue { Type: var type } => _types.GetValueOrDefault(type) == migration,
            _ => false,
        };

    /// <summary>Takes in what an action does.</summary>
    public void Apply(SqlAction action, Migration migration)
    {
        Change(action, migration);
        switch (action)
        {
            case CreateTable { Table: var table }:
                Copies.Name(_tables[table], table);
                break;
            case RenameTable { To: var to }:
                Copies.Name(_tables[to], to);
                break;
            case InsertRows { From: { } from, Table: var to }:
                Copies.Copy(_tables.GetValueOrDefault(from), _tables.GetValueOrDefault(to));
                break;
        }
    }

    private void Change(SqlAction action, Migration migration)
    {
        switch (action)
        {
            case CreateTable { Table: var table, IsConditional: true } again when _tables.TryGetValue(table, out var known):
                // Who writes IF NOT EXISTS means that it may not be there: then it is new.
                _tables[table] = known with { Origin = new TableOrigin(migration, again.Location) };
                break;
            case CreateTable { Table: var table } create:
                _tables[table] = new TableSketch(new TableOrigin(migration, create.Location))
                {
                    IsPartitioned = create.IsPartitioned,
                    Columns = TableChanges.Columns(create.Columns),
                    HasRowSecurity = _securesNewTables,
                };
                break;
            case CreateView { Table: var view, Location: var location }:
                _tables.TryAdd(view, new TableSketch(new TableOrigin(migration, location)) { IsView = true });
                break;
            case ReplaceRows { Table: var table, Location: var location }:
                _tables.TryAdd(table, new TableSketch(new TableOrigin(migration, location)));
                break;
            case DropTable { Table: var table }:
                _tables.Remove(table);
                break;
            case RenameTable { Table: var table, To: var to }:
                // Its new name may be the one that it has.
                var renamed = Known(table);
                _tables.Remove(table);
                _tables[to] = renamed;
                break;
            case CreateIndex { Table: var table, Index: { } index }:
                _indexes[index] = (table, migration);
                break;
            case TableAction { Table: var table } change when TableChanges.Apply(Known(table), change, migration) is { } changed:
                _tables[table] = changed;
                break;
            case DropIndex { Index: var index }:
                _indexes.Remove(index);
                break;
            case DropTableIndex { Index: { } index }:
                _indexes.Remove(index);
                break;
            case CreateType { Type: var type }:
                _types[type] = migration;
                break;
            case RenameType { Type: var type, To: var to }:
                Rename(type, to);
                break;
            case SecureNewTables:
                _securesNewTables = true;
                break;
            case RunRowSecurityCode code:
                Secure(code);
                break;
            case CreateFunction { Function: var function, IsVolatile: var isVolatile }:
                _functions[function] = isVolatile;
                break;
        }
    }

    private bool IsNewIndex(SqlName index, Migration migration) => _indexes.TryGetValue(index, out var found) && found.CreatedBy == migration;

    private void Secure(RunRowSecurityCode code)
    {
        var tables = code.Tables.Where(_tables.ContainsKey).ToList();
        if (code.Others is { } others)
        {
            var named = _tables.Keys.Where(table => others.Words.Contains(table.Name.Value)).ToList();
            tables.AddRange(others.ReadsCatalog && (named.Count == 0 || others.Excludes) ? _tables.Keys : named);
        }

        foreach (var table in tables)
        {
            _tables[table] = _tables[table] with { HasRowSecurity = true };
        }
    }

    private void Rename(SqlName type, SqlName to)
    {
        if (_types.Remove(type, out var createdBy))
        {
            _types[to] = createdBy;
        }

        foreach (var (name, table) in _tables.ToList())
        {
            _tables[name] = TableChanges.WithType(table, type.Name.Value, to.Name.Value);
        }
    }

    // A table that no file creates is known by what files do to it.
    private TableSketch Known(SqlName table) => _tables.GetValueOrDefault(table) ?? new TableSketch(null);
}
