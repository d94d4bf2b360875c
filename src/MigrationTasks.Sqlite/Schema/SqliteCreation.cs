using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>Writes what the reader has read as the statements that create it.</summary>
internal static class SqliteCreation
{
    /// <summary>Everything of a schema, in an order in which it can be created.</summary>
    public static IEnumerable<string> All(SchemaSnapshot schema) =>
    [
        .. schema.Objects.Where(item => item.Kind == "table").Select(item => Table(item, item.Name)),
        .. schema.Objects.SelectMany(item => item.Facts.Where(fact => fact.Kind == "index"), Index),
        .. schema.Objects.Where(item => item.Kind == "view").Select(View),
        .. schema.Objects.SelectMany(item => item.Facts.Where(fact => fact.Kind == "trigger"), (_, fact) => Trigger(fact)),
    ];

    /// <summary>A table, under a name of the caller's choice.</summary>
    public static string Table(SchemaObject table, string name)
    {
        if (Find(table, "virtual") is { } module)
        {
            return $"CREATE VIRTUAL TABLE {name} {module}";
        }

        var lines = Columns(table).Select(column => $"  {Column(column)}")
            .Concat(table.Facts.Where(fact => fact.Kind == "constraint").Select(constraint => constraint.Payload.Length == 0 ? $"  {constraint.Name}" : $"  CONSTRAINT {constraint.Name} {constraint.Payload}"));
        return $"CREATE TABLE {name} (\n{string.Join(",\n", lines)}\n){(Find(table, "options") is { } options ? $" {options}" : "")}";
    }

    /// <summary>The columns in their order.</summary>
    public static IEnumerable<SchemaFact> Columns(SchemaObject table) => table.Facts.Where(fact => fact.Kind == "column").OrderBy(fact => fact.Position);

    public static string Column(SchemaFact column) => column.Payload.Length == 0 ? column.Name : $"{column.Name} {column.Payload}";

    public static string Index(SchemaObject table, SchemaFact index)
    {
        const string Unique = "UNIQUE ";
        var isUnique = index.Payload.StartsWith(Unique, StringComparison.Ordinal);
        return $"CREATE {(isUnique ? Unique : "")}INDEX {index.Name} ON {table.Name} {(isUnique ? index.Payload[Unique.Length..] : index.Payload)}";
    }

    public static string View(SchemaObject view) => $"CREATE VIEW {view.Name}{(Find(view, "columns") is { } columns ? $" {columns}" : "")} AS\n{Find(view, "definition")}";

    public static string Trigger(SchemaFact trigger) => $"CREATE TRIGGER {trigger.Name} {trigger.Payload}";

    private static string? Find(SchemaObject item, string kind) => item.Facts.FirstOrDefault(fact => fact.Kind == kind)?.Payload;
}
