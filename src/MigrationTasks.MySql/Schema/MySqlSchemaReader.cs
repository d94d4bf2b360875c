using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Schema;
using MySqlConnector;

namespace MigrationTasks.MySql.Schema;

/// <summary>
/// Reads the schema of a database in two round trips: first what there is, then how each of it is created. Names of the database
/// itself are in none of it, so that two databases can be compared.
/// </summary>
/// <param name="connection">The connection, in the database.</param>
/// <param name="ownTables">The tables of MigrationTasks in the database: they are left out.</param>
internal sealed partial class MySqlSchemaReader(MySqlConnection connection, IReadOnlySet<string> ownTables)
{
    private const int MaxAttempts = 3;

    // What the session is set to changes what the server writes: names and strings in other quotes, times in another zone.
    private const string Prepare = "SET @migrationtasks_mode = @@SESSION.sql_mode, @migrationtasks_zone = @@SESSION.time_zone; SET SESSION sql_mode = '', sql_quote_show_create = 1, time_zone = '+00:00'";
    private const string Restore = "SET SESSION sql_mode = COALESCE(@migrationtasks_mode, @@SESSION.sql_mode), time_zone = COALESCE(@migrationtasks_zone, @@SESSION.time_zone), @migrationtasks_mode = NULL, @migrationtasks_zone = NULL";

    private SchemaBuilder _schema = new();
    private string _user = "";

    /// <exception cref="MySqlException">The server refuses.</exception>
    public async Task<SchemaSnapshot> ReadAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(cancellation).ConfigureAwait(false);
            }
            catch (MySqlException exception) when (exception.SqlState is not null)
            {
                await MySqlRows.ExecuteAsync(connection, Restore, CancellationToken.None).ConfigureAwait(false);
                if (attempt == MaxAttempts || !ServerCodes.AreAboutNames.Contains(exception.Number))
                {
                    // Otherwise somebody has dropped what was there a moment ago.
                    throw;
                }
            }
        }
    }

    private async Task<SchemaSnapshot> ReadOnceAsync(CancellationToken cancellation)
    {
        _schema = new SchemaBuilder();
        var found = await QueryAsync($"{Prepare}; {MySqlCatalogQueries.All}; {Restore}", cancellation).ConfigureAwait(false);
        _user = found[0][0].Text(0);
        AddDatabase(found[1]);
        var tables = found[2].Where(row => !ownTables.Contains(row.Text(0))).ToList();
        AddTriggers(found[3]);
        AddEvents(found[4]);
        AddRights(found[6]);
        var routines = found[5];
        if (tables.Count + routines.Count > 0)
        {
            var commands = tables.Select(row => $"SHOW CREATE {(row.Text(1) is "VIEW" or "SEQUENCE" ? row.Text(1) : "TABLE")} {MySqlLiteral.Quote(row.Text(0))}")
                .Concat(routines.Select(row => $"SHOW CREATE {row.Text(1)} {MySqlLiteral.Quote(row.Text(0))}"));
            var created = await QueryAsync($"{Prepare}; {string.Join("; ", commands)}; {Restore}", cancellation).ConfigureAwait(false);
            foreach (var (index, rows) in created.Index())
            {
                if (index < tables.Count)
                {
                    AddTable(tables[index].Text(0), tables[index].Text(1), rows[0]);
                }
                else
                {
                    AddRoutine(routines[index - tables.Count], rows[0]);
                }
            }
        }

        var version = found[0][0].Text(1);
        return _schema.Build($"{(version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? "MariaDB" : "MySQL")} {string.Join('.', version.Split('.', '-').Take(2))}");
    }

    private void AddDatabase(IReadOnlyList<MySqlRow> rows) =>
        _schema.Add("database", "*", new SchemaFact("charset", "", $"{rows[0].Text(0)} collate {rows[0].Text(1)}"));

    private void AddTable(string name, string type, MySqlRow row)
    {
        switch (type)
        {
            case "VIEW":
                AddView(name, row.Text(1));
                break;
            case "SEQUENCE":
                _schema.Add("sequence", name, new SchemaFact("sequence", "", Behind(row.Text(1), $"CREATE SEQUENCE {MySqlLiteral.Quote(name)} ")));
                break;
            default:
                _schema.Add("table", name);
                foreach (var fact in MySqlTable.Read(row.Text(1)))
                {
                    _schema.Add("table", name, fact);
                }

                break;
        }
    }

    private void AddView(string name, string sql)
    {
        var match = View().Match(sql);
        if (!match.Success)
        {
            _schema.Add("view", name, new SchemaFact("definition", "", sql)).AddUncovered("view", name);
            return;
        }

        AddIf("view", name, "algorithm", match.Groups["algorithm"].Value, "UNDEFINED");
        AddIf("view", name, "security", match.Groups["security"].Value, "DEFINER");
        AddIf("view", name, "definer", $"{MySqlTable.Unquote(match.Groups["user"].Value)}@{MySqlTable.Unquote(match.Groups["host"].Value)}", _user);
        AddIf("view", name, "columns", match.Groups["columns"].Value, "");
        _schema.Add("view", name, new SchemaFact("definition", "", match.Groups["body"].Value));
    }

    private void AddTriggers(IReadOnlyList<MySqlRow> rows)
    {
        foreach (var row in rows.Where(row => !ownTables.Contains(row.Text(1))))
        {
            var order = row.Text(5) == "1" ? "" : $" order {row.Text(5)}";
            var definer = row.Text(6) == _user ? "" : $"definer {row.Text(6)}\n";
            _schema.Add("table", row.Text(1), new SchemaFact("trigger", row.Text(0), $"{row.Text(2)} {row.Text(3)}{order}\n{definer}sql_mode {row.Text(7)}\n{row.Text(4)}"));
        }
    }

    private void AddEvents(IReadOnlyList<MySqlRow> rows)
    {
        foreach (var row in rows)
        {
            _schema.Add("event", row.Text(0), new SchemaFact("schedule", "", row.Text(1)));
            AddIf("event", row.Text(0), "definer", row.Text(3), _user);
            AddIf("event", row.Text(0), "comment", row.Text(4), "");
            AddIf("event", row.Text(0), "sql-mode", row.Text(5), "");
            _schema.Add("event", row.Text(0), new SchemaFact("definition", "", row.Text(2)));
        }
    }

    private void AddRoutine(MySqlRow routine, MySqlRow created)
    {
        var (kind, name) = (routine.Text(1).ToLowerInvariant().Replace(' ', '-'), routine.Text(0));
        AddIf(kind, name, "definer", routine.Text(2), _user);
        AddIf(kind, name, "sql-mode", created.Text(1), "");
        if (created.IsNull(2))
        {
            // The server tells the body to those only who may.
            _schema.AddUncovered(kind, name);
            return;
        }

        _schema.Add(kind, name, new SchemaFact("definition", "", Definer().Replace(created.Text(2), "", 1)));
    }

    private void AddRights(IReadOnlyList<MySqlRow> rows)
    {
        foreach (var rights in rows.Where(row => !ownTables.Contains(row.Text(0))).GroupBy(row => (Table: row.Text(0), Grantee: row.Text(1))))
        {
            var (kind, name) = rights.Key.Table.Length == 0 ? ("database", "*") : ("table", rights.Key.Table);
            var privileges = rights.GroupBy(row => row.Text(2) + (row.Text(4) == "YES" ? " with grant option" : "")).Select(privilege =>
                privilege.Key + (privilege.Any(row => row.Text(3).Length == 0) ? "" : $" ({string.Join(", ", privilege.Select(row => row.Text(3)).Order(StringComparer.Ordinal))})"));
            _schema.Add(kind, name, new SchemaFact("grant", rights.Key.Grantee, string.Join(", ", privileges.Order(StringComparer.Ordinal))));
        }
    }

    private void AddIf(string kind, string name, string fact, string value, string usual)
    {
        if (value != usual)
        {
            _schema.Add(kind, name, new SchemaFact(fact, "", value));
        }
    }

    private static string Behind(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? text[start.Length..] : text;

    private async Task<List<IReadOnlyList<MySqlRow>>> QueryAsync(string sql, CancellationToken cancellation)
    {
        var command = new MySqlCommand(sql, connection);
        await using var disposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var results = new List<IReadOnlyList<MySqlRow>>();
        do
        {
            var rows = new List<MySqlRow>();
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                rows.Add(new MySqlRow([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))]));
            }

            if (reader.FieldCount > 0)
            {
                results.Add(rows);
            }
        }
        while (await reader.NextResultAsync(cancellation).ConfigureAwait(false));
        return results;
    }

    [GeneratedRegex(@"^CREATE ALGORITHM=(?<algorithm>\w+) DEFINER=(?<user>`(?:[^`]|``)*`)(?:@(?<host>`(?:[^`]|``)*`))? SQL SECURITY (?<security>\w+) VIEW `(?:[^`]|``)*` (?<columns>\((?:[^()`]|`(?:[^`]|``)*`)*\) )?AS (?<body>.*)$", RegexOptions.Singleline)]
    private static partial Regex View();

    [GeneratedRegex(@" DEFINER=(?<quote>[`""])(?:(?!\k<quote>).|\k<quote>{2})*\k<quote>(?:@\k<quote>(?:(?!\k<quote>).|\k<quote>{2})*\k<quote>)?")]
    private static partial Regex Definer();

    /// <summary>A row, each value as the text that it has.</summary>
    private sealed record MySqlRow(string?[] Values)
    {
        public string Text(int column) => Values[column] ?? "";

        public bool IsNull(int column) => Values[column] is null;
    }
}
