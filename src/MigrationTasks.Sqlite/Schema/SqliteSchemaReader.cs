using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>Reads the schema of a database from the statements that it keeps. What they say is held against what SQLite has made of them.</summary>
internal sealed class SqliteSchemaReader(SqliteSession session, string historyTable)
{
    private const string Database = "SQLite 3";

    // What SQLite keeps for itself, and what a virtual table does, is left out. The columns of a view or a module may be an error to ask for.
    private const string Select = """
        SELECT m.type, m.name, m.tbl_name, m.sql, t.type,
          CASE WHEN t.type = 'table' THEN (SELECT group_concat(c.name || CASE WHEN c.hidden IN (2, 3) THEN ' generated' ELSE '' END, char(10)) FROM pragma_table_xinfo(m.name, 'main') c) END
        FROM main.sqlite_master m LEFT JOIN pragma_table_list t ON t.schema = 'main' AND t.name = m.name AND m.type IN ('table', 'view')
        WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.tbl_name <> ?1 COLLATE NOCASE AND m.tbl_name <> ?2 COLLATE NOCASE AND coalesce(t.type, '') <> 'shadow'
        """;

    private readonly SchemaBuilder _schema = new();

    /// <summary>The schema of a database that is not there yet.</summary>
    public static SchemaSnapshot Nothing => new(Database, []);

    /// <exception cref="SqliteFailure">SQLite refuses to be read.</exception>
    public SchemaSnapshot Read(CancellationToken cancellation)
    {
        var rows = session.Query(Select, cancellation, historyTable, SqliteShadow.Table.Table).Rows.Select(row => new Row((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!, row[4] as string, row[5] as string)).ToList();
        var owners = rows.Where(row => row.Type is "table" or "view").ToDictionary(row => row.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var owner in owners.Values)
        {
            ReadOwner(owner);
        }

        foreach (var row in rows.Except(owners.Values))
        {
            if (owners.TryGetValue(row.Table, out var owner))
            {
                _schema.Add(owner.Type, SqliteToken.Quote(owner.Name), row.Type == "index" ? IndexOf(row) : TriggerOf(row));
            }
            else
            {
                _schema.AddUncovered(row.Type, SqliteToken.Quote(row.Name));
            }
        }

        return _schema.Build(Database);
    }

    private void ReadOwner(Row row)
    {
        var name = SqliteToken.Quote(row.Name);
        _schema.Add(row.Type, name);
        try
        {
            foreach (var fact in row.Type == "view" ? ViewOf(row) : row.IsVirtual ? [ModuleOf(row)] : TableOf(row))
            {
                _schema.Add(row.Type, name, fact);
            }
        }
        catch (FormatException)
        {
            // A change of it is noticed, though what has changed cannot be told.
            _schema.Add(row.Type, name, new SchemaFact("definition", "", SqliteText.Lines(SqliteToken.Read(row.Sql)))).AddUncovered(row.Type, name);
        }
    }

    private static IReadOnlyList<SchemaFact> TableOf(Row row)
    {
        var table = SqliteTable.Read(row.Sql);
        var columns = string.Join('\n', table.Columns.Select(column => column.Name + (column.Generated.Length > 0 ? " generated" : "")));
        return columns.Equals(row.Columns, StringComparison.OrdinalIgnoreCase) ? table.Facts : throw new FormatException();
    }

    private static IReadOnlyList<SchemaFact> ViewOf(Row row)
    {
        var clauses = Behind(row, "VIEW");
        var columns = clauses.IsAt('(') ? clauses.TakeParentheses() : null;
        var definition = clauses.Take("AS") ? new SchemaFact("definition", "", SqliteText.Lines(clauses.TakeRest())) : throw new FormatException();
        return columns is null ? [definition] : [new SchemaFact("columns", "", SqliteClauses.Columns(columns)), definition];
    }

    // What a module is given it reads as it likes: spaces may count.
    private static SchemaFact ModuleOf(Row row) =>
        row.Sql.IndexOf("USING", StringComparison.OrdinalIgnoreCase) is >= 0 and var start ? new SchemaFact("virtual", "", row.Sql[start..].Trim()) : throw new FormatException();

    private static SchemaFact IndexOf(Row row)
    {
        var clauses = Behind(row, "INDEX");
        var isUnique = row.Sql.StartsWith("CREATE UNIQUE", StringComparison.OrdinalIgnoreCase);
        _ = clauses.Take("ON") ? clauses.TakeName() : throw new FormatException();
        var columns = SqliteClauses.Columns(clauses.TakeParentheses());
        var condition = clauses.Take("WHERE") ? $" WHERE {SqliteText.Line(clauses.TakeRest())}" : "";
        return new SchemaFact("index", SqliteToken.Quote(row.Name), $"{(isUnique ? "UNIQUE " : "")}{columns}{condition}");
    }

    private static SchemaFact TriggerOf(Row row) => new("trigger", SqliteToken.Quote(row.Name), SqliteText.Lines(Behind(row, "TRIGGER").TakeRest()));

    // Behind CREATE … and the name.
    private static SqliteClauses Behind(Row row, string keyword)
    {
        var clauses = new SqliteClauses(SqliteToken.Read(row.Sql));
        while (!clauses.Take(keyword))
        {
            clauses.TakeAny();
        }

        clauses.Take("IF", "NOT", "EXISTS");
        clauses.TakeName();
        return clauses;
    }

    private sealed record Row(string Type, string Name, string Table, string Sql, string? Kind, string? Columns)
    {
        public bool IsVirtual => Kind == "virtual";
    }
}
