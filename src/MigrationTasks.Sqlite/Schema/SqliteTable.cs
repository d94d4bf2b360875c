using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>
/// Reads the facts of a table from its <c>CREATE TABLE</c>, the only place that has its checks, collations and generated columns. A
/// constraint behind a column is told as the same constraint of the table.
/// </summary>
internal sealed class SqliteTable
{
    private static readonly string[] ColumnConstraints = ["CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"];

    private readonly List<SchemaFact> _facts = [];
    private readonly List<SqliteColumn> _columns = [];

    private SqliteTable()
    {
    }

    public IReadOnlyList<SchemaFact> Facts => _facts;

    public IReadOnlyList<SqliteColumn> Columns => _columns;

    /// <exception cref="FormatException">It is not a statement as this reader knows it.</exception>
    public static SqliteTable Read(string sql)
    {
        var table = new SqliteTable();
        var clauses = new SqliteClauses(SqliteToken.Read(sql));
        while (!clauses.IsAt('('))
        {
            clauses.TakeAny();
        }

        foreach (var part in SqliteClauses.Split(clauses.TakeParentheses()))
        {
            table.ReadPart(new SqliteClauses(part));
        }

        var options = SqliteClauses.Split(clauses.TakeRest()).Select(option => string.Join(' ', option.Select(token => token.Text.ToUpperInvariant()))).Where(option => option.Length > 0).Order(StringComparer.Ordinal).ToList();
        if (options.Count > 0)
        {
            table._facts.Add(new SchemaFact("options", "", string.Join(", ", options)));
        }

        return table;
    }

    private void ReadPart(SqliteClauses part)
    {
        if (!part.IsAt("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"))
        {
            ReadColumn(part);
            return;
        }

        // Commas between them are usual, and not needed.
        while (!part.AtEnd)
        {
            var name = part.Take("CONSTRAINT") ? part.TakeName() : "";
            if (part.Take("PRIMARY", "KEY"))
            {
                var columns = part.TakeParentheses();
                var increments = columns is [.., var last] && last.Is("AUTOINCREMENT");
                AddPrimaryKey(name, SqliteClauses.Columns(increments ? [.. columns.SkipLast(1)] : columns), increments, OnConflict(part));
            }
            else if (part.Take("UNIQUE"))
            {
                AddConstraint(name, $"UNIQUE {SqliteClauses.Columns(part.TakeParentheses())}{OnConflict(part)}");
            }
            else if (part.Take("CHECK"))
            {
                AddConstraint(name, $"CHECK ({SqliteText.Line(part.TakeParentheses())}){OnConflict(part)}");
            }
            else if (part.Take("FOREIGN", "KEY"))
            {
                var columns = SqliteClauses.Columns(part.TakeParentheses());
                AddConstraint(name, part.Take("REFERENCES") ? $"FOREIGN KEY {columns} {References(part)}" : throw new FormatException());
            }
            else
            {
                throw new FormatException();
            }
        }
    }

    private void ReadColumn(SqliteClauses part)
    {
        var column = new SqliteColumn(part.TakeName());
        var quoted = SqliteToken.Quote(column.Name);
        _columns.Add(column);
        var type = new List<SqliteToken>();
        while (!part.AtEnd && !part.IsAt(ColumnConstraints))
        {
            type.Add(part.TakeAny());
        }

        column.Type = SqliteText.Line([.. type.Select(token => token with { Text = token.Kind == SqlTokenKind.Word ? token.Text.ToUpperInvariant() : token.Text })]);
        while (!part.AtEnd)
        {
            var name = part.Take("CONSTRAINT") ? part.TakeName() : "";
            var prefix = name.Length == 0 ? "" : $"CONSTRAINT {SqliteToken.Quote(name)} ";
            if (part.Take("PRIMARY", "KEY"))
            {
                // Only in this place it makes a column of integers no other name for the row's number.
                var descends = part.Take("DESC");
                _ = part.Take("ASC");
                var conflict = OnConflict(part);
                var increments = part.Take("AUTOINCREMENT");
                if (descends && column.Type == "INTEGER")
                {
                    column.Key = $"{prefix}PRIMARY KEY DESC{conflict}";
                }
                else
                {
                    AddPrimaryKey(name, $"({quoted}{(descends ? " DESC" : "")})", increments, conflict);
                }
            }
            else if (part.Take("NOT", "NULL"))
            {
                column.NotNull = $"{prefix}NOT NULL{OnConflict(part)}";
            }
            else if (part.Take("NULL"))
            {
                OnConflict(part);
            }
            else if (part.Take("UNIQUE"))
            {
                AddConstraint(name, $"UNIQUE ({quoted}){OnConflict(part)}");
            }
            else if (part.Take("CHECK"))
            {
                AddConstraint(name, $"CHECK ({SqliteText.Line(part.TakeParentheses())}){OnConflict(part)}");
            }
            else if (part.Take("DEFAULT"))
            {
                column.Default = $"{prefix}DEFAULT {Default(part)}";
            }
            else if (part.Take("COLLATE"))
            {
                column.Collation = $"COLLATE {SqliteToken.Quote(part.TakeName()).ToUpperInvariant()}";
            }
            else if (part.Take("REFERENCES"))
            {
                AddConstraint(name, $"FOREIGN KEY ({quoted}) {References(part)}");
            }
            else if (part.Take("GENERATED", "ALWAYS", "AS") || part.Take("AS"))
            {
                var expression = SqliteText.Line(part.TakeParentheses());
                column.Generated = $"{prefix}GENERATED ALWAYS AS ({expression}) {(part.Take("STORED") ? "STORED" : "VIRTUAL")}";
                _ = part.Take("VIRTUAL");
            }
            else if (name.Length == 0 || !(part.AtEnd || part.IsAt(ColumnConstraints)))
            {
                // A name without a constraint is allowed, and means nothing.
                throw new FormatException();
            }
        }

        _facts.Add(new SchemaFact("column", quoted, column.ToString()) { Position = _columns.Count });
    }

    private void AddPrimaryKey(string name, string columns, bool increments, string conflict) =>
        AddConstraint(name, $"PRIMARY KEY {(increments ? $"{columns[..^1]} AUTOINCREMENT)" : columns)}{conflict}");

    // One without a name is known by what it says.
    private void AddConstraint(string name, string text) =>
        _facts.Add(name.Length == 0 ? new SchemaFact("constraint", text) : new SchemaFact("constraint", SqliteToken.Quote(name), text));

    private static string OnConflict(SqliteClauses part) => part.Take("ON", "CONFLICT") ? Conflict(part.TakeAny().Text.ToUpperInvariant()) : "";

    private static string Conflict(string resolution) => resolution == "ABORT" ? "" : $" ON CONFLICT {resolution}";

    private static string Default(SqliteClauses part)
    {
        if (part.IsAt('('))
        {
            return $"({SqliteText.Line(part.TakeParentheses())})";
        }

        var value = new List<SqliteToken>();
        do
        {
            value.Add(part.TakeAny());
        }
        while (!part.AtEnd && !part.IsAt(ColumnConstraints));

        return SqliteText.Line([.. value.Select(token => token.Kind == SqlTokenKind.Word && SqliteKeywords.Contains(token.Text) ? token with { Text = token.Text.ToUpperInvariant() } : token)]);
    }

    // What SQLite does anyway is left out, and what it reads without heeding is kept.
    private static string References(SqliteClauses part)
    {
        var text = $"REFERENCES {SqliteToken.Quote(part.TakeName())}{(part.IsAt('(') ? $" {SqliteClauses.Columns(part.TakeParentheses())}" : "")}";
        var (onDelete, onUpdate, match, deferral) = ("", "", "", "");
        while (true)
        {
            if (part.Take("ON", "DELETE"))
            {
                onDelete = Action(" ON DELETE", part);
            }
            else if (part.Take("ON", "UPDATE"))
            {
                onUpdate = Action(" ON UPDATE", part);
            }
            else if (part.Take("ON", "INSERT"))
            {
                Action("", part);
            }
            else if (part.Take("MATCH"))
            {
                match = $" MATCH {part.TakeName().ToUpperInvariant()}";
            }
            else if (part.Take("NOT", "DEFERRABLE"))
            {
                deferral = "";
                if (part.Take("INITIALLY"))
                {
                    part.TakeAny();
                }
            }
            else if (part.Take("DEFERRABLE"))
            {
                deferral = part.Take("INITIALLY") && part.TakeAny().Is("DEFERRED") ? " DEFERRABLE INITIALLY DEFERRED" : "";
            }
            else
            {
                return $"{text}{match}{onDelete}{onUpdate}{deferral}";
            }
        }
    }

    private static string Action(string when, SqliteClauses part)
    {
        var action = part.Take("NO", "ACTION") ? ""
            : part.Take("SET", "NULL") ? "SET NULL"
            : part.Take("SET", "DEFAULT") ? "SET DEFAULT"
            : part.TakeAny().Text.ToUpperInvariant();
        return action.Length == 0 ? "" : $"{when} {action}";
    }
}
