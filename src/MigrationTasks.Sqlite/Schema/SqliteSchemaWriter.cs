using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>
/// Writes what leads from one schema to another. SQLite checks views and triggers whenever a table gets a name: those that mention a
/// table which is built anew step aside meanwhile.
/// </summary>
internal sealed class SqliteSchemaWriter
{
    private readonly SchemaSnapshot _before;
    private readonly SchemaSnapshot _after;
    private readonly Dictionary<string, SqliteTableChange> _changes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _droppedTables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _droppedViews = new(StringComparer.Ordinal);

    // What a view or a trigger must not mention, as SQLite compares names.
    private readonly HashSet<string> _moving = new(StringComparer.OrdinalIgnoreCase);

    private SqliteSchemaWriter(SchemaSnapshot before, SchemaSnapshot after) => (_before, _after) = (before, after);

    /// <exception cref="MigrationException">MIG6003 when a table differs that could not be read to its last detail.</exception>
    public static IReadOnlyList<SchemaStatement> Write(SchemaSnapshot before, SchemaSnapshot after)
    {
        var writer = new SqliteSchemaWriter(before, after);
        writer.FindTables();
        writer.FindViews();
        return [.. writer.Drops(), .. writer.Tables(), .. writer.Creations()];
    }

    private void FindTables()
    {
        foreach (var table in Tables(_before))
        {
            var present = Find(_after, table);
            if ((table.IsUncovered || present is { IsUncovered: true }) && (present is null || !table.Facts.SequenceEqual(present.Facts)))
            {
                throw Errors.SchemaChangeUnwritten(table.ToString(), "its CREATE TABLE is not understood.");
            }

            var change = present is null ? null : new SqliteTableChange(table, present);
            if (change is not null)
            {
                _changes.Add(table.Name, change);
            }

            if (change is null or { IsRebuilt: true } or { IsReplaced: true })
            {
                _droppedTables.Add(table.Name);
                _moving.Add(SqliteToken.Unquote(table.Name));
            }
        }

        if (Tables(_after).FirstOrDefault(table => table.IsUncovered && Find(_before, table) is null) is { } unknown)
        {
            throw Errors.SchemaChangeUnwritten(unknown.ToString(), "its CREATE TABLE is not understood.");
        }
    }

    private void FindViews()
    {
        var views = _before.Objects.Where(item => item.Kind == "view").ToList();
        var isSettled = false;
        while (!isSettled)
        {
            isSettled = true;
            foreach (var view in views.Where(view => !_droppedViews.Contains(view.Name)))
            {
                if (Find(_after, view) is not { } present || !Definition(view).SequenceEqual(Definition(present)) || Definition(view).Any(fact => Mentions(fact.Payload)))
                {
                    _droppedViews.Add(view.Name);
                    _moving.Add(SqliteToken.Unquote(view.Name));
                    isSettled = false;
                }
            }
        }
    }

    private IEnumerable<SchemaStatement> Drops() =>
    [
        // Those of a table that goes away as well: another table may get its name before that.
        .. from item in _before.Objects
           where item.Kind == "table" || !IsDropped(item)
           from trigger in item.Facts
           where trigger.Kind == "trigger" && (IsDropped(item) || IsReplaced(item, trigger))
           select new SchemaStatement($"DROP TRIGGER {trigger.Name}"),
        .. _before.Objects.Where(item => item.Kind == "view" && _droppedViews.Contains(item.Name)).Select(view => new SchemaStatement($"DROP VIEW {view.Name}")),
        .. from item in Tables(_before)
           where !IsDropped(item)
           from index in item.Facts
           where index.Kind == "index" && !Has(Find(_after, item), index)
           select new SchemaStatement($"DROP INDEX {index.Name}"),
    ];

    private IEnumerable<SchemaStatement> Tables()
    {
        foreach (var table in Tables(_before).Where(table => Find(_after, table) is null || _changes[table.Name].IsReplaced))
        {
            yield return new SchemaStatement($"DROP TABLE {table.Name}", $"the table {table.Name}");
        }

        foreach (var table in Tables(_after))
        {
            var change = _changes.GetValueOrDefault(table.Name);
            var statements = change is null or { IsReplaced: true } ? [new SchemaStatement(SqliteCreation.Table(table, table.Name))]
                : change.IsRebuilt ? change.Rebuild(IsTaken)
                : change.Add();
            foreach (var statement in statements)
            {
                yield return statement;
            }
        }
    }

    private IEnumerable<SchemaStatement> Creations() =>
    [
        .. from item in Tables(_after)
           from index in item.Facts
           where index.Kind == "index" && (_droppedTables.Contains(item.Name) || !Has(Find(_before, item), index))
           select new SchemaStatement(SqliteCreation.Index(item, index)),
        .. _after.Objects.Where(item => item.Kind == "view" && (Find(_before, item) is null || _droppedViews.Contains(item.Name))).Select(view => new SchemaStatement(SqliteCreation.View(view))),
        .. from item in _after.Objects
           from trigger in item.Facts
           where trigger.Kind == "trigger" && (Find(_before, item) is not { } old || IsDropped(old) || !Has(old, trigger) || Mentions(trigger.Payload))
           select new SchemaStatement(SqliteCreation.Trigger(trigger)),
    ];

    private bool IsReplaced(SchemaObject item, SchemaFact trigger) => !Has(Find(_after, item), trigger) || Mentions(trigger.Payload);

    // What was a part of it goes with it.
    private bool IsDropped(SchemaObject item) => item.Kind == "view" ? _droppedViews.Contains(item.Name) : _droppedTables.Contains(item.Name);

    private bool Mentions(string sql) => _moving.Count > 0 && SqliteToken.Read(sql).Any(token => token.IsName && _moving.Contains(SqliteToken.Unquote(token.Text)));

    private bool IsTaken(string name) => _before.Objects.Concat(_after.Objects).Any(item =>
        SqliteToken.Unquote(item.Name).Equals(name, StringComparison.OrdinalIgnoreCase) || item.Facts.Any(fact => fact.Kind == "index" && SqliteToken.Unquote(fact.Name).Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<SchemaObject> Tables(SchemaSnapshot schema) => schema.Objects.Where(item => item.Kind == "table");

    private static IEnumerable<SchemaFact> Definition(SchemaObject view) => view.Facts.Where(fact => fact.Kind != "trigger");

    private static bool Has(SchemaObject? item, SchemaFact fact) => item?.Facts.Contains(fact) ?? false;

    private static SchemaObject? Find(SchemaSnapshot schema, SchemaObject item) => schema.Objects.FirstOrDefault(other => SchemaObject.Compare(other, item) == 0);
}
