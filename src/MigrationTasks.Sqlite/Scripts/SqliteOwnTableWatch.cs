using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Sqlite.Scripts;

/// <summary>SQLite: the tables are in <c>main</c>, and what a script attaches is another database.</summary>
internal sealed class SqliteOwnTableWatch(OwnTableSet tables)
    : SqlOwnTableWatch(tables with { Schema = null }, new ActionReader(SqliteDialect.Naming with { UsualSchema = null }), StringComparison.OrdinalIgnoreCase)
{
    /// <inheritdoc/>
    public override string Rename(string name) => $"ALTER TABLE {Tables.History} RENAME TO {name};";

    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => true;

    /// <inheritdoc/>
    protected override bool IsHolder(string schema) => schema == "main";
}
