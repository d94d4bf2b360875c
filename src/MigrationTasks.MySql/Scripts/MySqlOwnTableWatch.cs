using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Scripts;

/// <summary>MySQL and MariaDB: a schema is a database, and <c>USE</c> says which one is meant.</summary>
// Whether the case of a table's name counts is a matter of the server's file system: what differs in it alone is taken for the same.
internal sealed class MySqlOwnTableWatch(OwnTableSet tables)
    : SqlOwnTableWatch(tables, new MySqlActionReader(MySqlActionReader.Naming), StringComparison.OrdinalIgnoreCase, "DATABASE", "SCHEMA")
{
    private string? _current = tables.Database;

    /// <inheritdoc/>
    public override string DumpWithout => Tables.Schema is null ? $"mysqldump --ignore-table=<database>.{Tables.History}" : $"mysqldump --ignore-table={Tables.HistoryName}";

    // The usual database has another name wherever the project is deployed.
    /// <inheritdoc/>
    public override string NameOf(string table) => Tables.Schema == Tables.Database ? table : Tables.Qualify(table);

    /// <inheritdoc/>
    public override string Rename(string name) => $"RENAME TABLE {Tables.HistoryName} TO {Tables.Qualify(name)};";

    /// <inheritdoc/>
    public override string MakePlace(string place) => $"CREATE DATABASE {place};";

    /// <inheritdoc/>
    public override string Move(string place) => $"{MakePlace(place)} RENAME TABLE {Tables.HistoryName} TO {place}.{Tables.History};";

    /// <inheritdoc/>
    protected override bool MayMatter(ScriptStatement statement) => base.MayMatter(statement) || statement.ReadTokens().Take("USE");

    // Without a connection, the usual database has no name on either side.
    /// <inheritdoc/>
    protected override bool IsCurrent(bool creates) => string.Equals(_current, Tables.Schema, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override OwnTableHit? Read(SqlAction action)
    {
        switch (action)
        {
            case ChangeSetting { Name: MySqlActionReader.UsualDatabase, Values: [var database] }:
                _current = database;
                return null;
            case DropObject { Kind: SqlObjectKind.Database or SqlObjectKind.Schema, Name: var database }:
                return IsHolder(database.Name.Value) ? new OwnTableHit(OwnTableThreat.Drop, Tables.HistoryName, $"database {Tables.Schema}") : null;
            default:
                return base.Read(action);
        }
    }
}
