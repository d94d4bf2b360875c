using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>Writes the changes of a schema, and tries them in a database in memory: what does not come out as it should is not written.</summary>
/// <param name="config">The database that is changed; a scratch one is opened as it is.</param>
internal sealed class SqliteSchemaProof(SqliteConfig config)
{
    /// <exception cref="MigrationException">As <see cref="ISchemaWriter.WriteChangesAsync"/>.</exception>
    public IReadOnlyList<SchemaStatement> Write(SchemaSnapshot before, SchemaSnapshot after, IReadOnlyList<SchemaRename> renames, CancellationToken cancellation)
    {
        using var scratch = SqliteSession.Open(config.Scratch());
        scratch.EnforceForeignKeys(false);
        foreach (var statement in SqliteCreation.All(before))
        {
            Execute(scratch, statement, "its first form", cancellation);
        }

        // As long as the table has the name by which its columns are asked for.
        var renaming = renames.OrderBy(rename => rename.Column is null).Select(rename => Rename(rename, renames, before, after, scratch, cancellation)).ToList();
        var statements = SqliteSchemaWriter.Write(renaming.Count == 0 ? before : Read(scratch, cancellation), after);
        foreach (var statement in statements)
        {
            Execute(scratch, statement.Sql, "a change", cancellation);
        }

        return Read(scratch, cancellation).DifferencesTo(after).FirstOrDefault(difference => difference.Change != SchemaChange.Reordered) is { } difference
            ? throw Errors.SchemaChangeUnwritten(difference.Subject, "what was written for it did not lead there when it was tried in memory.")
            : [.. renaming, .. statements];
    }

    // SQLite carries a new name into everything that mentions the old one.
    private static SchemaStatement Rename(SchemaRename rename, IReadOnlyList<SchemaRename> renames, SchemaSnapshot before, SchemaSnapshot after, SqliteSession scratch, CancellationToken cancellation)
    {
        var (table, column, name) = (Quote(rename.Table), rename.Column is null ? null : Quote(rename.Column), Quote(rename.NewName));
        var target = renames.FirstOrDefault(other => other.Column is null && Quote(other.Table) == table) is { } moved ? Quote(moved.NewName) : table;
        if (!Has(before, table, column) || !Has(after, target, column is null ? null : name))
        {
            throw Errors.SchemaRenameUnfit(rename.ToString(), "the first schema must have the old name, and the second one the new name.");
        }

        var sql = column is null ? $"ALTER TABLE {table} RENAME TO {name}" : $"ALTER TABLE {table} RENAME COLUMN {column} TO {name}";
        try
        {
            scratch.Execute(sql, cancellation);
            return new SchemaStatement(sql);
        }
        catch (SqliteFailure failure)
        {
            throw Errors.SchemaRenameUnfit(rename.ToString(), $"SQLite says: {failure.Message}.");
        }
    }

    private static string Quote(string name) => SqliteToken.Quote(SqliteToken.Unquote(name));

    private static bool Has(SchemaSnapshot schema, string table, string? column) =>
        schema.Objects.Any(item => item.Kind == "table" && item.Name == table && (column is null || item.Facts.Any(fact => fact.Kind == "column" && fact.Name == column)));

    private static SchemaSnapshot Read(SqliteSession session, CancellationToken cancellation) => new SqliteSchemaReader(session, "").Read(cancellation);

    private static void Execute(SqliteSession session, string sql, string what, CancellationToken cancellation)
    {
        try
        {
            session.Execute(sql, cancellation);
        }
        catch (SqliteFailure failure)
        {
            throw Errors.SchemaChangeUnwritten("the schema", $"{what} was refused when it was tried in memory: {failure.Message}: {sql.Split('\n')[0]}");
        }
    }
}
