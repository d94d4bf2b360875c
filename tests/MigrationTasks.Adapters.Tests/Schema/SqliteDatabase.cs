using Microsoft.Data.Sqlite;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Sqlite;
using MigrationTasks.Sqlite.Schema;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>A SQLite database in memory.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteSession _session = SqliteSession.Open(Config(":memory:"));

    public SqliteDatabase(string script)
    {
        _session.EnforceForeignKeys(false);
        Execute(script);
    }

    public SchemaSnapshot Schema => new SqliteSchemaReader(_session, "schema_migrations").Read(CancellationToken.None);

    /// <summary>What SQLite itself makes of the schema, without a look at the statements that it was created by.</summary>
    public IReadOnlyList<string> Catalogue =>
    [
        .. Rows("SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE 'search_%' ORDER BY 1, 2"),
        .. Rows("SELECT t.name, t.type, t.wr, t.strict FROM pragma_table_list t WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1"),
        .. Rows("SELECT m.name, c.name, upper(c.type), c.\"notnull\", c.dflt_value, c.pk, c.hidden FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"),
        .. Rows("SELECT m.name, i.\"unique\", i.origin, i.partial, x.seqno, x.name, x.\"desc\", x.coll FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) x WHERE m.type = 'table' AND x.key ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"),
        .. Rows("SELECT m.name, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete, f.match FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1, 2, 3, 4, 5, 6, 7"),
    ];

    public static SqliteConfig Config(string source) => SqliteConfig.Create(
        new SqliteConnectionStringBuilder { DataSource = source }, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "SQLITE_URL" });

    public void Execute(string script) => _session.Execute(script, CancellationToken.None);

    public IEnumerable<string> Rows(string query) => _session.Query(query, CancellationToken.None).Rows.Select(row => string.Join('|', row));

    /// <summary>Leads to another schema by what is written for it.</summary>
    public IReadOnlyList<SchemaStatement> ChangeTo(SchemaSnapshot after, params IReadOnlyList<SchemaRename> renames)
    {
        var statements = new SqliteSchemaProof(Config(":memory:")).Write(Schema, after, renames, CancellationToken.None);
        foreach (var statement in statements)
        {
            Execute(statement.Sql);
        }

        return statements;
    }

    public void Dispose() => _session.Dispose();
}
