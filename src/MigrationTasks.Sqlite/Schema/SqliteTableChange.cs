using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>
/// Leads a table from one form to another. SQLite can add a column where old rows need no value; for all else the table is built anew
/// under another name, its rows are copied, and it takes the place of the old one.
/// </summary>
internal sealed class SqliteTableChange
{
    private readonly SchemaObject _before;
    private readonly SchemaObject _after;
    private readonly List<string>? _added;

    public SqliteTableChange(SchemaObject before, SchemaObject after)
    {
        (_before, _after) = (before, after);
        var old = OwnFacts(before).ToHashSet();
        var present = OwnFacts(after).ToHashSet();
        var added = present.Where(fact => !old.Contains(fact)).ToList();
        var isSame = added.Count == 0 && old.Count == present.Count;
        _added = isSame ? [] : old.IsSubsetOf(present) ? Additions(added) : null;
        IsReplaced = _added is null && (IsVirtual(before) || IsVirtual(after));
        IsRebuilt = _added is null && !IsReplaced;
    }

    /// <summary>Whether the old table goes away, and with it its indexes and triggers.</summary>
    public bool IsRebuilt { get; }

    /// <summary>Whether it is another table altogether, to which no rows can be taken.</summary>
    public bool IsReplaced { get; }

    /// <summary>The columns that are added to the table as it is.</summary>
    public IEnumerable<SchemaStatement> Add() => (_added ?? []).Select(column => new SchemaStatement($"ALTER TABLE {_after.Name} ADD COLUMN {column}"));

    /// <summary>The table under a new name, the rows, and the change of places.</summary>
    /// <param name="isTaken">Whether a name is taken.</param>
    public IEnumerable<SchemaStatement> Rebuild(Func<string, bool> isTaken)
    {
        var plain = $"{SqliteToken.Unquote(_after.Name)}_new";
        while (isTaken(plain))
        {
            plain += "_new";
        }

        var name = SqliteToken.Quote(plain);
        yield return new SchemaStatement(SqliteCreation.Table(_after, name));

        var old = ColumnNames(_before, _ => true);
        var kept = ColumnNames(_after, column => !IsGenerated(column)).Where(old.Contains).ToList();
        var lost = ColumnNames(_before, column => !IsGenerated(column)).Except(kept, StringComparer.OrdinalIgnoreCase).ToList();
        if (kept.Count > 0)
        {
            yield return new SchemaStatement($"INSERT INTO {name} ({string.Join(", ", kept)})\nSELECT {string.Join(", ", kept)} FROM {_before.Name}");
        }

        if (Counts(_before) && Counts(_after))
        {
            // A number that was given once is never given again, that of a row that is gone neither.
            yield return new SchemaStatement($"DELETE FROM sqlite_sequence WHERE name = {Text(plain)}");
            yield return new SchemaStatement($"INSERT INTO sqlite_sequence (name, seq)\nSELECT {Text(plain)}, seq FROM sqlite_sequence WHERE name = {Text(SqliteToken.Unquote(_before.Name))}");
        }

        yield return new SchemaStatement($"DROP TABLE {_before.Name}", lost.Count == 0 ? null : $"the {(lost.Count == 1 ? "column" : "columns")} {string.Join(", ", lost)} of {_before.Name}");
        yield return new SchemaStatement($"ALTER TABLE {name} RENAME TO {_after.Name}");
    }

    // Indexes and triggers are statements of their own. Where a column stands is no reason to build a table anew.
    private static IEnumerable<SchemaFact> OwnFacts(SchemaObject table) => table.Facts.Where(fact => fact.Kind is not ("index" or "trigger")).Select(fact => fact with { Position = 0 });

    private static bool IsVirtual(SchemaObject table) => table.Facts.Any(fact => fact.Kind == "virtual");

    private static bool IsGenerated(SchemaFact column) => column.Payload.Contains("GENERATED ALWAYS AS", StringComparison.Ordinal);

    private static bool Counts(SchemaObject table) => table.Facts.Any(fact => fact.Kind == "constraint" && $"{fact.Name}{fact.Payload}".Contains(" AUTOINCREMENT)", StringComparison.Ordinal));

    private static HashSet<string> ColumnNames(SchemaObject table, Func<SchemaFact, bool> isWanted) =>
        SqliteCreation.Columns(table).Where(isWanted).Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    // Null where one of the facts is more than a column that rows which are there already can get.
    private List<string>? Additions(List<SchemaFact> added)
    {
        var columns = new List<string>();
        foreach (var column in SqliteCreation.Columns(_after).Select(column => column with { Position = 0 }).Where(added.Contains))
        {
            if (column.Payload.EndsWith(" STORED", StringComparison.Ordinal) || column.Payload.Contains("PRIMARY KEY", StringComparison.Ordinal)
                || column.Payload.Contains("NOT NULL", StringComparison.Ordinal) || column.Payload.Contains("DEFAULT (", StringComparison.Ordinal) || column.Payload.Contains("DEFAULT CURRENT_", StringComparison.Ordinal))
            {
                return null;
            }

            var start = $"FOREIGN KEY ({column.Name}) ";
            var reference = column.Payload.Contains("DEFAULT ", StringComparison.Ordinal) ? null
                : added.Find(fact => fact.Kind == "constraint" && fact.Payload.Length == 0 && fact.Name.StartsWith(start, StringComparison.Ordinal));
            columns.Add($"{SqliteCreation.Column(column)}{(reference is null ? "" : $" {reference.Name[start.Length..]}")}");
            added.Remove(column);
            added.RemoveAll(fact => fact == reference);
        }

        return added.Count == 0 ? columns : null;
    }
}
